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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lists of values that suppliers can have. Few are longer than a page. */
@Path("reference-lists")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers")
@APIResponse(
    responseCode = "200",
    description = "The list, or a page of 1000 entries of a longer list.")
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "422", description = SupplierRequest.WRONG)
public class ReferenceListsResource {
  private static final String CURSOR = "The `next_cursor` of the previous page.";

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
      description = "The codes of ISO 4217 that are in use, with English names.")
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
          "The categories of the organisation's suppliers. An id is the scheme, a colon"
              + " and the code, as the parameter `category` takes it.")
  public ListView<EntryView> categories(
      @QueryParam("cursor") @Parameter(description = CURSOR) @Nullable String cursor) {
    return lists.categories(request.reach(), ReferenceLists.page("categories", cursor));
  }

  @GET
  @Path("industries")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listIndustries",
      summary = "Get List of Industries",
      description = "The industries of the organisation's suppliers.")
  public ListView<EntryView> industries(
      @QueryParam("cursor") @Parameter(description = CURSOR) @Nullable String cursor) {
    return lists.industries(request.reach(), ReferenceLists.page("industries", cursor));
  }

  @GET
  @Path("payment-terms")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listPaymentTerms",
      summary = "Get List of Payment Terms",
      description = "The payment terms of the organisation's suppliers.")
  public ListView<EntryView> paymentTerms(
      @QueryParam("cursor") @Parameter(description = CURSOR) @Nullable String cursor) {
    return lists.paymentTerms(request.reach(), ReferenceLists.page("payment-terms", cursor));
  }

  @GET
  @Path("users")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listUsers",
      summary = "Get List of Users",
      description = "The people who can look after suppliers.")
  public ListView<EntryView> users(
      @QueryParam("cursor") @Parameter(description = CURSOR) @Nullable String cursor) {
    return lists.users(request.organisation(), ReferenceLists.page("users", cursor));
  }
}
