package io.keyturn.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyturn.paging.Cursor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Examples of what readers of suppliers and events send and get. The examples of parameters stand
 * in their schemas: Swagger UI would send an {@code example} of the parameter itself with the first
 * try, and a list that is filtered by everything is empty.
 */
final class Examples {
  private static final String ID = "0b5a1d4c-9c0e-4b7f-8d6e-2a1b3c4d5e6f";
  private static final String OTHER = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
  private static final String EVENT = "evt_0b5a1d4c9c0e4b7f8d6e2a1b3c4d5e6f_123";
  private static final String CURSOR =
      new Cursor("suppliers/name", "nordwind logistics", UUID.fromString(ID)).encode();

  private static final String BY =
      "{\"type\": \"api_key\", \"id\": \"" + OTHER + "\", \"name\": \"ERP\"}";

  /** By the names of parameters of the lists of suppliers. */
  private static final Map<String, Object> PARAMETERS =
      Map.ofEntries(
          Map.entry("status", "active,unapproved"),
          Map.entry("location", "Berlin"),
          Map.entry("department", "Purchasing,Logistics"),
          Map.entry("country", "DE,AT"),
          Map.entry("category", "cpv:60"),
          Map.entry("industry", "Transport"),
          Map.entry("owner", OTHER),
          Map.entry("onboarding_status", "in_progress,to_review"),
          Map.entry("currency", "EUR,CHF"),
          Map.entry("tag", "freight"),
          Map.entry("q", "nordwind"),
          Map.entry("external_id", "ERP-40123"),
          Map.entry("identifier", "vat:DE136695976"),
          Map.entry("created_since", "2026-01-01T00:00:00Z"),
          Map.entry("updated_since", "2026-11-26T10:00:00Z"),
          Map.entry("sort", "-updated_at"),
          Map.entry("fields", "number,name,contacts"),
          Map.entry("preferred", true),
          Map.entry("on_hold", false),
          Map.entry("limit", 100),
          Map.entry("cursor", CURSOR),
          Map.entry("count", true));

  private static final String SUPPLIER =
      """
      {"id": "%s", "number": "S-000123", "external_id": "ERP-40123",
       "name": "Nordwind Logistics", "legal_name": "Nordwind Logistics GmbH", "type": "company",
       "status": "active", "approval": null, "onboarding_status": "in_progress", "hold": null,
       "preferred": true, "tags": ["freight"], %s
       "locations": [{"id": "%s", "name": "Berlin"}], "departments": [], "owners": [],
       "country": "DE", %s "categories": [{"scheme": "cpv", "code": "60100000",
       "label": "Road transport services"}], "industry": "Transport",
       "website": "https://nordwind.example", %s "language": "de", "currency": "EUR",
       "payment_terms": "Net 30",
       "scores": {"performance": 4.5, "risk": null, "sustainability": null},
       "created_at": "2026-11-26T10:00:00Z", "updated_at": "2026-11-27T08:30:00Z",
       "archived_at": null, "created_by": %s, "version": 3}""";

  private static final String WHOLE =
      SUPPLIER.formatted(
          ID,
          "\"custom_fields\": {\"cost_centre\": \"4711\"},",
          OTHER,
          """
          "addresses": [{"type": "registered", "lines": ["Hauptstraße 1"], "city": "Berlin",
          "region": "DE-BE", "postal_code": "10115", "country": "DE", "primary": true}],
          "contacts": [{"name": "Ada Example", "email": "ada@nordwind.example",
          "phone": "+49 30 901820", "job_title": null, "primary": true}],
          "identifiers": [{"scheme": "vat", "value": "DE136695976", "country": "DE"}],""",
          "\"description\": null,",
          BY);

  private static final String CHANGE =
      """
      {"number": 2, "at": "2026-11-27T08:30:00Z", "action": "changed", "actor": %s,
       "reason": null, "members": [{"name": "currency", "before": "CHF", "after": "EUR"}]}"""
          .formatted(BY);

  /** The successful answers by the ids of operations. */
  private static final Map<String, String> ANSWERS =
      Map.ofEntries(
          Map.entry("getSupplier", WHOLE),
          Map.entry("listSuppliers", page(SUPPLIER.formatted(ID, "", OTHER, "", "", BY), CURSOR)),
          Map.entry("listSupplierChanges", page(CHANGE, null)),
          Map.entry("listCountries", page(entry("DE", "Germany"), null)),
          Map.entry("listCurrencies", page(entry("EUR", "Euro"), null)),
          Map.entry("listCategories", page(entry("cpv:60100000", "Road transport services"), null)),
          Map.entry("listIndustries", page(entry("Transport", "Transport"), null)),
          Map.entry("listPaymentTerms", page(entry("Net 30", "Net 30"), null)),
          Map.entry("listUsers", page(entry(OTHER, "Ada Example"), null)),
          Map.entry("listLocations", page(entry(OTHER, "Berlin"), null)),
          Map.entry("listDepartments", page(entry(OTHER, "Purchasing"), null)),
          Map.entry(
              "listCustomFields",
              page(
                  """
                  {"id": "%s", "name": "cost_centre", "label": "Cost centre", "type": "text",
                   "choices": []}"""
                      .formatted(OTHER),
                  null)),
          Map.entry(
              "listEvents",
              """
              {"data": [{"id": "%1$s", "type": "supplier.updated",
               "timestamp": "2026-11-27T08:30:00Z", "data": {"sequence": 123, "actor": %2$s,
               "object": {"type": "supplier", "id": "%3$s", "name": "Nordwind Logistics"},
               "details": {"members": "currency"}}}],
               "page": {"limit": 25, "has_more": false, "next_after": "%1$s"}}"""
                  .formatted(EVENT, BY, ID)));

  private Examples() {}

  private static String entry(String id, String name) {
    return "{\"id\": \"%s\", \"name\": \"%s\"}".formatted(id, name);
  }

  private static String page(String row, @Nullable String cursor) {
    return "{\"data\": [%s], \"page\": {\"limit\": 25, \"has_more\": %b, \"next_cursor\": %s}}"
        .formatted(row, cursor != null, cursor == null ? "null" : "\"" + cursor + "\"");
  }

  /** Adds the examples to the operations. */
  static void add(OpenAPI document) {
    Schemas.operations(document)
        .forEach(
            operation -> {
              String id = operation.getOperationId();
              if (List.of("listSuppliers", "exportSuppliers").contains(id)) {
                Schemas.parameters(operation).forEach(Examples::parameter);
              }
              String answer = ANSWERS.get(id);
              if (answer != null) {
                json(operation).setExample(parsed(answer));
              }
            });
  }

  private static void parameter(Parameter parameter) {
    Object example = PARAMETERS.get(parameter.getName());
    if (example != null) {
      parameter.getSchema().addExample(example);
    }
  }

  private static MediaType json(Operation operation) {
    APIResponse response = operation.getResponses().getAPIResponse("200");
    Content content = Objects.requireNonNull(Objects.requireNonNull(response).getContent());
    return Objects.requireNonNull(content.getMediaType("application/json"));
  }

  private static Object parsed(String json) {
    try {
      return new ObjectMapper().readValue(json, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
