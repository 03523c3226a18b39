package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.console.PlacedListing;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.requestlog.ApiRequest;
import io.keyturn.requestlog.RequestFilter;
import io.keyturn.requestlog.RequestLog;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests of the log as a page shows them. */
public final class RequestListing extends PlacedListing<ApiRequest, RequestListing.Row> {
  private static final JsonWriterFactory INDENTED =
      Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

  private static final double NANOS_IN_MILLI = 1_000_000;
  private static final int FAILED = 400;

  /**
   * A request and the name of its key.
   *
   * @param keyName empty where no key is known
   */
  public record Row(ApiRequest request, String keyName) {

    /** How long it took, in milliseconds. */
    public double took() {
      return request.took().toNanos() / NANOS_IN_MILLI;
    }

    /** Whether the request was refused or failed. */
    public boolean refused() {
      return request.status() >= FAILED;
    }

    /** The problem document, a member a line; empty where none was answered. */
    public String problem() {
      return request
          .problem()
          .map(problem -> indented(problem.toJson(request.requestId().toString())))
          .orElse("");
    }

    private static String indented(String json) {
      StringWriter text = new StringWriter();
      try (var reader = Json.createReader(new StringReader(json));
          JsonWriter writer = INDENTED.createWriter(text)) {
        JsonObject object = reader.readObject();
        writer.writeObject(object);
      }
      return text.toString().strip();
    }
  }

  /**
   * @param path the path of the page
   * @param parameters what else the addresses of its pages have
   */
  RequestListing(String path, Supplier<Map<String, @Nullable String>> parameters) {
    super(path, RequestLog.LIST, ApiRequest::place, parameters);
  }

  /**
   * Reads the requests that match a filter, at the place that the address names.
   *
   * @param keys the keys whose requests are wanted; null for all requests
   * @throws io.keyturn.problem.ProblemException 422 for a place that is none
   */
  void read(
      RequestLog log,
      ApiKeys names,
      OrganisationId organisation,
      RequestFilter filter,
      @Nullable Set<ApiKeyId> keys) {
    read(
        new Source<>() {
          @Override
          public ListView<ApiRequest> page(Paging paging) {
            return log.find(organisation, filter, keys, paging);
          }

          @Override
          public Optional<List<ApiRequest>> pageBefore(Cursor place, int limit) {
            return log.pageBefore(organisation, filter, keys, place, limit);
          }
        },
        requests -> rows(requests, names, organisation));
  }

  private static List<Row> rows(
      List<ApiRequest> requests, ApiKeys names, OrganisationId organisation) {
    Map<ApiKeyId, String> known =
        names.names(
            organisation,
            requests.stream()
                .map(ApiRequest::apiKeyId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
    return requests.stream()
        .map(
            request -> {
              ApiKeyId key = request.apiKeyId();
              return new Row(request, key == null ? "" : known.getOrDefault(key, key.toString()));
            })
        .toList();
  }
}
