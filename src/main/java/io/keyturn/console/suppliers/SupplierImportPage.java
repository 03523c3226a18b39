package io.keyturn.console.suppliers;

import io.keyturn.access.Scope;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.PageTexts;
import io.keyturn.console.Reading;
import io.keyturn.http.Ids;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.file.ImportPreview;
import io.keyturn.supplier.file.SupplierImportView;
import io.keyturn.supplier.file.SupplierImports;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/**
 * {@code /supplier-import}: what would become of a file, how far its import is, what came of it.
 */
@Named
@ViewScoped(saveInViewState = true)
public class SupplierImportPage extends PageState {
  private static final long serialVersionUID = 1L;
  private static final Set<String> UNDER_WAY = Set.of("receiving", "queued", "running");

  @Inject private transient SupplierImports imports;
  @Inject private transient ImportPreview preview;
  @Inject private transient CurrentUser current;
  @Inject private transient PageTexts texts;

  private final Reading<SupplierImportView> view = new Reading<>();
  private final Reading<ImportPreview.View> first = new Reading<>();
  private String id = "";

  /** Reads the import that the address names. An import of another organisation is not found. */
  public void open() throws IOException {
    try {
      getView();
    } catch (ProblemException e) {
      refuse(e.type().status());
    }
  }

  private OrganisationId organisation() {
    current.require(Scope.SUPPLIERS_WRITE);
    return current.organisation().id();
  }

  private UUID uuid() {
    return Ids.inPath("import", id);
  }

  /** The import as it is now. */
  public SupplierImportView getView() {
    OrganisationId organisation = organisation();
    return view.get(() -> imports.get(new SupplierImports.Seen(organisation, null), uuid()));
  }

  /** Whether the file waits until somebody starts its import. */
  public boolean isWaiting() {
    return getView().state().equals("waiting");
  }

  /** Whether something will come of it without further acts. */
  public boolean isUnderWay() {
    return UNDER_WAY.contains(getView().state());
  }

  /**
   * Why a row would be rejected, in the reader's language. It is a sentence, or for each column at
   * fault its name and what is wrong with it.
   */
  public String reason(ImportPreview.Row row) {
    String reason = Objects.requireNonNullElse(row.reason(), "");
    String sentence = texts.said(reason);
    return sentence.equals(reason)
        ? Arrays.stream(reason.split("; ", -1)).map(this::fault).collect(Collectors.joining("; "))
        : sentence;
  }

  private String fault(String fault) {
    int message = fault.indexOf(' ') + 1;
    return fault.substring(0, message) + texts.said(fault.substring(message));
  }

  /** What would become of the first rows. */
  public ImportPreview.View getFirst() {
    OrganisationId organisation = organisation();
    return first.get(() -> preview.of(organisation, uuid(), current.actor()));
  }

  /** The button <b>Start Import</b>. */
  public void start() {
    try {
      imports.start(organisation(), uuid());
    } catch (ProblemException e) {
      Messages.failure(faces(), e.detail());
    }
    view.forget();
  }

  /** The button <b>Discard</b>. */
  public String discard() {
    imports.discard(organisation(), uuid());
    return "/supplier-imports?faces-redirect=true";
  }

  /** The page asks how far the import is, and says when it has ended. */
  public void check() {
    SupplierImportView now = getView();
    if (now.finishedAt() != null) {
      Messages.success(
          faces(),
          "The import is %s: %d created, %d changed, %d rejected.",
          now.state(),
          now.created(),
          now.updated(),
          now.rejected());
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  public String getId() {
    return id;
  }

  public void setId(@Nullable String id) {
    this.id = id == null ? "" : id;
  }
}
