package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.paging.ListView;
import io.keyturn.paging.LongPagingParameters;
import io.keyturn.supplier.EntryView;
import io.keyturn.supplier.ReferenceLists;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists of values that suppliers can have. Few are longer than a page. */
@Path("reference-lists")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers")
@APIResponse(
    responseCode = "200",
    description = "One page: the whole list, unless it has more than `limit` entries.")
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "422", description = SupplierRequest.WRONG)
public class ReferenceListsResource {
  @Inject private SupplierRequest request;
  @Inject private ReferenceLists lists;

  @GET
  @Path("countries")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listCountries",
      summary = "Get List of Countries",
      description = "ISO 3166-1 alpha-2 codes with English names.")
  public ListView<EntryView> countries(@BeanParam LongPagingParameters paging) {
    return ReferenceLists.fixed(
        "countries", ReferenceLists.COUNTRIES, paging.of(ReferenceLists.list("countries")));
  }

  @GET
  @Path("currencies")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listCurrencies",
      summary = "Get List of Currencies",
      description = "The codes of ISO 4217 that are in use, with English names.")
  public ListView<EntryView> currencies(@BeanParam LongPagingParameters paging) {
    return ReferenceLists.fixed(
        "currencies", ReferenceLists.CURRENCIES, paging.of(ReferenceLists.list("currencies")));
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
  public ListView<EntryView> categories(@BeanParam LongPagingParameters paging) {
    return lists.categories(request.reach(), paging.of(ReferenceLists.list("categories")));
  }

  @GET
  @Path("industries")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listIndustries",
      summary = "Get List of Industries",
      description = "The industries of the organisation's suppliers.")
  public ListView<EntryView> industries(@BeanParam LongPagingParameters paging) {
    return lists.industries(request.reach(), paging.of(ReferenceLists.list("industries")));
  }

  @GET
  @Path("payment-terms")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listPaymentTerms",
      summary = "Get List of Payment Terms",
      description = "The payment terms of the organisation's suppliers.")
  public ListView<EntryView> paymentTerms(@BeanParam LongPagingParameters paging) {
    return lists.paymentTerms(request.reach(), paging.of(ReferenceLists.list("payment-terms")));
  }

  @GET
  @Path("users")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listUsers",
      summary = "Get List of Users",
      description = "The people who can look after suppliers.")
  public ListView<EntryView> users(@BeanParam LongPagingParameters paging) {
    return lists.users(request.organisation(), paging.of(ReferenceLists.list("users")));
  }
}
