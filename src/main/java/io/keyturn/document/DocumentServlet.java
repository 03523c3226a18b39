package io.keyturn.document;

import io.keyturn.http.ClientAddress;
import io.keyturn.http.ProblemAnswer;
import io.keyturn.json.RecordWriter;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document, also as a Postman collection. It is public, also for scripts of other
 * sites. The server writes the document at an address of its own. This servlet adds its media type
 * and the address of the requested host, so that a downloaded file calls that host.
 */
@WebServlet({
  "/openapi",
  DocumentServlet.JSON_PATH,
  DocumentServlet.YAML_PATH,
  DocumentServlet.POSTMAN_PATH
})
public class DocumentServlet extends HttpServlet {
  /** The address of the token endpoint, which renews secrets. */
  static final String TOKEN_PATH = "/api/v1/oauth/token";

  static final String JSON_PATH = "/openapi.json";
  static final String YAML_PATH = "/openapi.yaml";
  static final String POSTMAN_PATH = "/postman.json";

  private static final long serialVersionUID = 1L;

  /** The address of the server's own document: {@code mpOpenAPI docPath} in server.xml. */
  private static final String SOURCE = "/openapi/source";

  /** The placeholder for the address of the requested host. */
  private static final String HOST = "https://keyturn.invalid";

  private final transient Map<Format, String> templates = new EnumMap<>(Format.class);
  private transient @Nullable String collection;

  /** The format of the document. */
  private enum Format {
    JSON("application/json", "\"url\" : \"%s\"", "\"tokenUrl\" : \"%s\""),
    YAML("application/yaml", "url: %s\n", "tokenUrl: %s\n"); // RFC 9512

    private final String mediaType;
    private final String serverUrl;
    private final String tokenUrl;

    Format(String mediaType, String serverUrl, String tokenUrl) {
      this.mediaType = mediaType;
      this.serverUrl = serverUrl;
      this.tokenUrl = tokenUrl;
    }

    /**
     * The document with a placeholder for the addresses that differ per host. JSON has no
     * indentation, which would be a quarter of the compressed document.
     */
    String template(String document) {
      String placed =
          document
              .replace(serverUrl.formatted("/"), serverUrl.formatted(HOST))
              .replace(tokenUrl.formatted(TOKEN_PATH), tokenUrl.formatted(HOST + TOKEN_PATH));
      return this == JSON ? RecordWriter.object(placed).toString() : placed;
    }

    /**
     * JSON when the address or the header Accept asks for it; otherwise YAML, the default of
     * MicroProfile OpenAPI.
     */
    static Format of(HttpServletRequest request) {
      return switch (request.getServletPath()) {
        case JSON_PATH, POSTMAN_PATH -> JSON;
        case YAML_PATH -> YAML;
        default -> {
          String wanted = request.getParameter("format");
          String accept = request.getHeader("Accept");
          boolean json =
              wanted != null
                  ? wanted.equalsIgnoreCase("json")
                  : accept != null && accept.toLowerCase(Locale.ROOT).contains(JSON.mediaType);
          yield json ? JSON : YAML;
        }
      };
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Format format = Format.of(request);
    String template = template(format, request, response);
    if (template == null) {
      ProblemAnswer.write(
          request, response, Problem.of(ProblemType.UNAVAILABLE, "The server is still starting."));
      return;
    }
    // The edge filter has admitted exactly one well-formed Host.
    String text = request.getServletPath().equals(POSTMAN_PATH) ? collection(template) : template;
    byte[] body =
        text.replace(HOST, ClientAddress.ofServer(request)).getBytes(StandardCharsets.UTF_8);
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Vary", "Accept, Accept-Encoding");
    response.setContentType(format.mediaType);
    if (!gzip(request)) {
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      return;
    }
    response.setHeader("Content-Encoding", "gzip");
    try (GZIPOutputStream out = new GZIPOutputStream(response.getOutputStream())) {
      out.write(body);
    }
  }

  /** The collection with the placeholder. It is made once, because everybody may ask for it. */
  private synchronized String collection(String template) {
    String known = collection;
    if (known == null) {
      known = PostmanCollection.of(template, HOST);
      collection = known;
    }
    return known;
  }

  /** Whether the client takes gzip. The server compresses no JSON by itself. */
  private static boolean gzip(HttpServletRequest request) {
    String codings = request.getHeader("Accept-Encoding");
    return codings != null
        && Arrays.stream(codings.toLowerCase(Locale.ROOT).split(","))
            .map(coding -> coding.replace(" ", ""))
            .anyMatch(coding -> coding.matches("gzip(;q=(1|0\\.\\d*[1-9]).*)?"));
  }

  /**
   * The document with its placeholder; null before the server has read it. It is written once,
   * however many ask for it at the same time.
   */
  private synchronized @Nullable String template(
      Format format, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String known = templates.get(format);
    if (known != null) {
      return known;
    }
    ServletContext source = getServletContext().getContext(SOURCE);
    RequestDispatcher dispatcher = source == null ? null : source.getRequestDispatcher("/");
    if (dispatcher == null) {
      return null;
    }
    Kept kept = new Kept(response);
    dispatcher.include(new Asking(request, format), kept);
    String written = format.template(kept.text());
    if (!written.contains(HOST)) {
      return null;
    }
    templates.put(format, written);
    return written;
  }

  /** The same request, for a document in one format. */
  private static final class Asking extends HttpServletRequestWrapper {
    private final Format format;

    Asking(HttpServletRequest request, Format format) {
      super(request);
      this.format = format;
    }

    /**
     * The path of the document itself. Without this, the included resource would see the path of
     * this servlet.
     */
    @Override
    public String getServletPath() {
      return "/";
    }

    @Override
    public @Nullable String getParameter(String name) {
      return name.equals("format") ? format.name().toLowerCase(Locale.ROOT) : null;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return null;
    }
  }

  /** Keeps the written document. */
  private static final class Kept extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(bytes, false, StandardCharsets.UTF_8);

    Kept(HttpServletResponse response) {
      super(response);
    }

    String text() {
      writer.flush();
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public PrintWriter getWriter() {
      return writer;
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new ServletOutputStream() {
        @Override
        public void write(int b) {
          bytes.write(b);
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          throw new IllegalStateException();
        }
      };
    }

    @Override
    public void setContentType(@Nullable String type) {}

    @Override
    public void setCharacterEncoding(@Nullable String encoding) {}

    @Override
    public void setStatus(int status) {}
  }
}
