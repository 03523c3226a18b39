package io.keyturn.supplier;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API that keys open, as its clients see it. The server has 60 demo suppliers. */
class SuppliersHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final int ALL = 60;

  private final Api api = SERVER.api();
  private final Key key = SERVER.control().key();

  private Answer get(String path) {
    return api.get("/api/v1" + path, key.secret());
  }

  private List<JsonObject> data(String path) {
    Answer answer = get(path);
    assertThat(answer.status()).as(path + answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("data").getValuesAs(JsonObject.class);
  }

  @Test
  void listAnswersAllMembersButTheLargeOnes() {
    Set<String> whole =
        get("/suppliers/" + data("/suppliers").get(0).getString("id")).json().keySet();
    Set<String> inAList = new HashSet<>(whole);
    inAList.removeAll(
        Set.of("addresses", "contacts", "identifiers", "custom_fields", "description"));

    assertThat(whole).hasSize(33);
    assertThat(data("/suppliers").get(0).keySet()).isEqualTo(inAList);
  }

  @Test
  void fieldsAreAnsweredAsAsked() {
    JsonObject row = data("/suppliers?fields=name,contacts").get(0);
    JsonObject whole = get("/suppliers/" + row.getString("id")).json();

    assertThat(row.keySet()).containsExactlyInAnyOrder("id", "name", "contacts");
    assertThat(row.getJsonArray("contacts")).isEqualTo(whole.getJsonArray("contacts")).isNotEmpty();
    assertThat(data("/suppliers?fields=id").get(0).keySet()).containsExactly("id");
  }

  @Test
  void listHoldsActiveOnesByDefaultAndAllOnRequest() {
    assertThat(data("/suppliers?limit=200"))
        .isNotEmpty()
        .allMatch(s -> s.getString("status").equals("active"))
        .hasSizeLessThan(ALL);
    assertThat(data("/suppliers?limit=200&status=all")).hasSize(ALL);
    assertThat(
            get("/suppliers?status=all&count=true&limit=1")
                .json()
                .getJsonObject("page")
                .getInt("total"))
        .isEqualTo(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"active", "unapproved", "rejected", "archived"})
  void statusFilters(String status) {
    assertThat(data("/suppliers?limit=200&status=" + status))
        .isNotEmpty()
        .allMatch(s -> s.getString("status").equals(status));
  }

  @Test
  void locationFiltersByIdAndByName() {
    JsonObject location = data("/locations").get(0);
    String id = location.getString("id");
    String name = URLEncoder.encode(location.getString("name"), StandardCharsets.UTF_8);

    List<JsonObject> byId = data("/suppliers?status=all&limit=200&location=" + id);

    assertThat(byId)
        .isNotEmpty()
        .allMatch(
            s ->
                s.getJsonArray("locations").getValuesAs(JsonObject.class).stream()
                    .anyMatch(l -> l.getString("id").equals(id)));
    assertThat(data("/suppliers?status=all&limit=200&location=" + name)).isEqualTo(byId);
  }

  @Test
  void countryAndTextFilter() {
    JsonObject any = data("/suppliers").get(0);
    String country = any.getString("country");
    String part = any.getString("name").substring(1, 5);

    assertThat(data("/suppliers?limit=200&country=" + country))
        .isNotEmpty()
        .allMatch(s -> s.getString("country").equals(country));
    assertThat(
            data(
                "/suppliers?limit=200&q="
                    + URLEncoder.encode(
                        part.toUpperCase(java.util.Locale.ROOT), StandardCharsets.UTF_8)))
        .contains(any);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "-name", "number", "-created_at", "updated_at"})
  void pagesHoldEachSupplierOnce(String sort) {
    List<JsonObject> whole = data("/suppliers?status=all&limit=200&sort=" + sort);
    List<JsonObject> paged = new ArrayList<>();
    String path = "/suppliers?status=all&limit=7&sort=" + sort;
    while (true) {
      Answer answer = get(path);
      paged.addAll(answer.json().getJsonArray("data").getValuesAs(JsonObject.class));
      JsonObject page = answer.json().getJsonObject("page");
      if (!page.getBoolean("has_more")) {
        assertThat(page.isNull("next_cursor")).isTrue();
        assertThat(answer.header("Link")).isEmpty();
        break;
      }
      String link = answer.header("Link").orElseThrow();
      assertThat(link).matches("<http://[^/]+/api/v1/suppliers[?].*>; rel=\"next\"");
      path = link.substring(link.indexOf("/suppliers"), link.indexOf('>'));
    }

    assertThat(paged).isEqualTo(whole);
    Set<String> ids = new HashSet<>();
    paged.forEach(s -> ids.add(s.getString("id")));
    assertThat(ids).hasSize(ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "status=none,status",
    "status=ACTIVE,status",
    "fields=secret,fields",
    "department=nowhere,department",
    "country=Germany,country",
    "sort=colour,sort",
    "limit=0,limit",
    "limit=201,limit",
    "limit=1e1,limit",
    "limit=-1,limit",
    "cursor=garbled,cursor",
    "count=yes,count",
    "location=nowhere,location",
    "stranger=1,stranger",
    "status=all&status=all,status",
    "Status=all,Status"
  })
  void wrongParameterIsNamed(String query, String field) {
    Answer answer = get("/suppliers?" + query);

    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
  }

  @Test
  void cursorOfAnotherOrderIsRefused() {
    String cursor = get("/suppliers?limit=1").json().getJsonObject("page").getString("next_cursor");

    assertProblem(get("/suppliers?sort=-name&cursor=" + cursor), 422, "invalid");
    assertProblem(get("/locations?cursor=" + cursor), 422, "invalid");
  }

  @Test
  void oneSupplierIsAsInTheListAndHasItsVersionAsTag() {
    JsonObject supplier = data("/suppliers").get(0);

    Answer answer = get("/suppliers/" + supplier.getString("id"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().entrySet()).containsAll(supplier.entrySet());
    assertThat(
            api.send(
                    "GET",
                    "/api/v1/suppliers/" + supplier.getString("id"),
                    "Authorization",
                    "Bearer " + key.secret(),
                    "If-None-Match",
                    answer.header("ETag").orElseThrow())
                .status())
        .isEqualTo(304);
    assertThat(answer.header("ETag")).contains("\"" + supplier.getInt("version") + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6f9619ff-8b86-d011-b42d-00c04fc964ff", "1-1-1-1-1", "x", "'--"})
  void unknownSupplierIsNotFound(String id) {
    assertProblem(get("/suppliers/" + id), 404, "not_found");
  }

  @Test
  void anotherOrganisationsSupplierDoesNotExist() {
    String id = data("/suppliers").get(0).getString("id");
    Key other = SERVER.control().key(Control.wish().in(SERVER.control().organisation()));

    assertProblem(api.get("/api/v1/suppliers/" + id, other.secret()), 404, "not_found");
    assertThat(api.get("/api/v1/suppliers?status=all", other.secret()).json().getJsonArray("data"))
        .isEmpty();
    assertThat(api.get("/api/v1/locations", other.secret()).json().getJsonArray("data")).isEmpty();
    String location = data("/locations").get(0).getString("id");
    assertProblem(
        api.get("/api/v1/suppliers?location=" + location, other.secret()), 422, "invalid");
  }

  @Test
  void textThatMeansSomethingToTheDatabaseMeansNothingHere() {
    for (String text : new String[] {"%", "_", "!", "'", "\\", "' OR '1'='1"}) {
      assertThat(data("/suppliers?limit=200&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8)))
          .allMatch(s -> s.toString().contains(text));
    }
  }

  @Test
  void locationsAreFoundByName() {
    List<String> all = data("/locations").stream().map(l -> l.getString("name")).toList();
    String part = all.get(0).substring(1).toUpperCase(Locale.ROOT);

    assertThat(data("/locations?name=" + URLEncoder.encode(part, StandardCharsets.UTF_8)))
        .anyMatch(l -> l.getString("name").equals(all.get(0)))
        .hasSizeLessThan(all.size());
    assertThat(data("/locations?name=no%25such")).isEmpty();
  }

  @Test
  void locationsAreListedByName() {
    List<String> names = data("/locations").stream().map(l -> l.getString("name")).toList();

    assertThat(names).isNotEmpty().isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    assertThat(data("/locations").get(0).keySet()).containsExactlyInAnyOrder("id", "name");
  }
}
