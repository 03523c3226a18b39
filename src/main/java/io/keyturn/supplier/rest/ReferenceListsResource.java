package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Page;
import io.keyturn.supplier.EntryView;
import io.keyturn.supplier.ReferenceLists;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists of values that suppliers can have, each as a whole. */
@Path("reference-lists")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers")
@APIResponse(responseCode = "200", description = "The whole list, by name.")
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "422", description = SupplierRequest.WRONG)
public class ReferenceListsResource {
  @Inject private SupplierRequest request;
  @Inject private ReferenceLists lists;

  /** A list that is answered on one page. */
  static <T> ListView<T> whole(List<T> entries) {
    return new ListView<>(entries, new Page(Math.max(1, entries.size()), false, null, null));
  }

  @GET
  @Path("countries")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listCountries",
      summary = "Get List of Countries",
      description = "ISO 3166-1 alpha-2 codes with English names.")
  public ListView<EntryView> countries() {
    return whole(ReferenceLists.COUNTRIES);
  }

  @GET
  @Path("currencies")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listCurrencies",
      summary = "Get List of Currencies",
      description = "ISO 4217 codes with English names.")
  public ListView<EntryView> currencies() {
    return whole(ReferenceLists.CURRENCIES);
  }

  @GET
  @Path("categories")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listCategories",
      summary = "Get List of Categories",
      description =
          "The categories of the organisation's suppliers, at most 1000. An id is the scheme, a colon"
              + " and the code, as the parameter `category` takes it.")
  public ListView<EntryView> categories() {
    return whole(lists.categories(request.reach()));
  }

  @GET
  @Path("industries")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listIndustries",
      summary = "Get List of Industries",
      description = "The industries of the organisation's suppliers, at most 1000.")
  public ListView<EntryView> industries() {
    return whole(lists.industries(request.reach()));
  }

  @GET
  @Path("payment-terms")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listPaymentTerms",
      summary = "Get List of Payment Terms",
      description = "The payment terms of the organisation's suppliers, at most 1000.")
  public ListView<EntryView> paymentTerms() {
    return whole(lists.paymentTerms(request.reach()));
  }

  @GET
  @Path("users")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listUsers",
      summary = "Get List of Users",
      description = "The people who can look after suppliers, at most 1000.")
  public ListView<EntryView> users() {
    return whole(lists.users(request.organisation()));
  }
}
