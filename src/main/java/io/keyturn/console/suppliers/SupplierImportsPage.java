package io.keyturn.console.suppliers;

import io.keyturn.access.Scope;
import io.keyturn.console.CursorListing;
import io.keyturn.console.Messages;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.file.SupplierImportView;
import io.keyturn.supplier.file.SupplierImports;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** {@code /supplier-imports}: a file is chosen here; and the imports of the last 30 days. */
@Named
@RequestScoped
public class SupplierImportsPage {
  @Inject private SupplierImports imports;
  @Inject private CurrentUser current;
  @Inject private FacesContext faces;

  private final CursorListing<SupplierImportView> list = new CursorListing<>("/supplier-imports");

  /** Reads the imports at the place that the address names. */
  public void load() {
    current.require(Scope.SUPPLIERS_WRITE);
    try {
      list.show(
          imports.page(
              new SupplierImports.Seen(current.organisation().id(), null),
              list.paging(SupplierImports.LIST)));
    } catch (ProblemException e) {
      Messages.failure(faces, e.detail());
    }
  }

  /** The part of the list that the page shows. */
  public CursorListing<SupplierImportView> getList() {
    return list;
  }
}
