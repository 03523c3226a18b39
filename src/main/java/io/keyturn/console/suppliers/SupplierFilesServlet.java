package io.keyturn.console.suppliers;

import io.keyturn.access.Reach;
import io.keyturn.console.ReaderZone;
import io.keyturn.console.RefusedPage;
import io.keyturn.csv.CsvDialect;
import io.keyturn.http.Ids;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.SupplierFilter;
import io.keyturn.supplier.file.ImportBody;
import io.keyturn.supplier.file.ImportResult;
import io.keyturn.supplier.file.SupplierExport;
import io.keyturn.supplier.file.SupplierImports;
import io.keyturn.user.signin.CurrentUser;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The files that people take from the pages of suppliers and send to them. They are streamed; Faces
 * would keep a file that is sent on the disk. {@link io.keyturn.console.PageGuard} decides who may
 * ask.
 */
@WebServlet({SupplierFilesServlet.EXPORT, SupplierFilesServlet.FILE, SupplierFilesServlet.RESULT})
public class SupplierFilesServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Answers the suppliers of the list. */
  static final String EXPORT = "/suppliers/export";

  /** Takes a file. */
  static final String FILE = "/supplier-imports/file";

  /** Answers the rejected rows of an import. */
  static final String RESULT = "/supplier-imports/result";

  @Inject private transient CurrentUser current;
  @Inject private transient ReaderZone zone;
  @Inject private transient SupplierExport export;
  @Inject private transient SupplierImports imports;
  @Inject private transient ImportBody body;
  @Inject private transient ImportResult result;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    SupplierExport.File file;
    try {
      file = file(request, response);
    } catch (RuntimeException e) {
      RefusedPage.answerFailure(request, response, e);
      return;
    }
    file.write(response.getOutputStream());
  }

  private SupplierExport.File file(HttpServletRequest request, HttpServletResponse response) {
    if (request.getServletPath().equals(EXPORT)) {
      Map<String, String> parameters = new LinkedHashMap<>();
      request.getParameterMap().forEach((name, values) -> parameters.put(name, values[0]));
      return export(String.valueOf(parameters.remove("format")), parameters, response);
    }
    if (!request.getServletPath().equals(RESULT)) {
      throw ProblemException.notFound("file");
    }
    UUID id = Ids.inPath("import", String.valueOf(request.getParameter("id")));
    SupplierExport.File file =
        result.file(new SupplierImports.Seen(current.organisation().id(), null), id);
    head(response, "text/csv;charset=UTF-8", "rejected-suppliers.csv");
    return file;
  }

  private SupplierExport.File export(
      String format, Map<String, String> parameters, HttpServletResponse response) {
    SupplierFilter filter = SuppliersPage.filter(parameters, zone.get());
    Reach reach = Reach.all(current.organisation().id());
    if (format.equals("ndjson")) {
      SupplierExport.File file = export.ndjson(reach, filter, current.actor());
      head(response, "application/x-ndjson", "suppliers.ndjson");
      return file;
    }
    CsvDialect dialect =
        CsvDialect.of(format)
            .orElseThrow(() -> ProblemException.invalid("format", "is not known here"));
    SupplierExport.File file = export.csv(reach, filter, dialect, current.actor());
    head(response, "text/csv;charset=UTF-8", "suppliers.csv");
    return file;
  }

  private static void head(HttpServletResponse response, String type, String name) {
    response.setContentType(type);
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /** Takes a file, which waits until somebody has seen its first rows and starts its import. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    try {
      if (!request.getServletPath().equals(FILE)) {
        throw ProblemException.notFound("file");
      }
      UUID id =
          imports.hold(
              current.organisation().id(),
              body.receive(
                  current.organisation().id(),
                  request.getContentType(),
                  request.getInputStream(),
                  current.actor()));
      response.setStatus(HttpServletResponse.SC_CREATED);
      response.setHeader("Location", "/supplier-import?id=" + id);
    } catch (RuntimeException e) {
      RefusedPage.answerFailure(request, response, e);
    }
  }
}
