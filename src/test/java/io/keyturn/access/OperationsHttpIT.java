package io.keyturn.access;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation that {@code /openapi} lists, with no key, with a key that lacks its scope, and
 * with a key of another organisation. What it lists is read at run time, so an operation is covered
 * from the day it is written.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Api API = SERVER.api();
  private static final Control CONTROL = SERVER.control();
  private static final String BASE = "/api/v1";

  /** The tables of an organisation, as a foreign key must leave them. */
  private static final List<String> TABLES =
      List.of(
          "api_key",
          "credential",
          "renewal_credential",
          "supplier",
          "location",
          "department",
          "custom_field",
          "supplier_change",
          "app_user",
          "role",
          "audit_event");

  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Set<Scope>> required = requiredScopes();
  private final String owner = CONTROL.organisation();
  private final Key theirs = CONTROL.key(Control.wish().in(owner).named("Theirs"));
  private final String stranger = CONTROL.organisation();

  /**
   * One operation.
   *
   * @param schemes the security schemes that it demands together; none when it is anonymous
   * @param body with all that it must have, so that it is not refused before it is looked at
   */
  record Operation(String method, String path, List<Scheme> schemes, String bodyType, String body) {
    boolean anonymous() {
      return schemes.isEmpty();
    }

    /** Of a key, rather than of the operator of the platform. */
    boolean takesKeys() {
      return schemes.stream().anyMatch(scheme -> scheme.name().equals("secret"));
    }

    String name() {
      return method + " " + path;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** Where a secret is sent. */
  record Scheme(String name, String header, String before) {
    static final Scheme VERIFIER = new Scheme("verifier", "X-Keyturn-Verifier", "");

    static Scheme of(String name, JsonObject scheme) {
      assertThat(scheme.getString("type")).isEqualTo("http");
      assertThat(scheme.getString("scheme")).isEqualTo("bearer");
      return new Scheme(name, "Authorization", "Bearer ");
    }
  }

  @BeforeAll
  void readOperations() {
    JsonObject document =
        API.send("GET", "/openapi?format=json", "Accept", "application/json").json();
    JsonObject schemes = document.getJsonObject("components").getJsonObject("securitySchemes");
    document
        .getJsonObject("paths")
        .forEach(
            (path, item) ->
                item.asJsonObject()
                    .forEach(
                        (method, operation) -> {
                          if (!method.equals("parameters")) {
                            operations.add(
                                operation(
                                    method.toUpperCase(Locale.ROOT),
                                    path,
                                    operation.asJsonObject(),
                                    document,
                                    schemes));
                          }
                        }));
    operations.removeIf(operation -> operation.path().startsWith(BASE + "/test/"));
  }

  private static Operation operation(
      String method, String path, JsonObject operation, JsonObject document, JsonObject schemes) {
    List<Scheme> demanded = new ArrayList<>();
    List<JsonValue> alternatives =
        operation.containsKey("security")
            ? operation.getJsonArray("security")
            : document.getJsonArray("security");
    for (JsonValue alternative : alternatives) {
      for (String name : alternative.asJsonObject().keySet()) {
        JsonObject scheme = schemes.getJsonObject(name);
        // Others are further ways of the same caller, or of a client with a renewal credential.
        if (scheme.getString("scheme", "").equals("bearer")) {
          demanded.add(Scheme.of(name, scheme));
        }
      }
    }
    boolean verifies =
        operation.containsKey("parameters")
            && operation.getJsonArray("parameters").getValuesAs(JsonObject.class).stream()
                .anyMatch(p -> p.getString("name", "").equals(Scheme.VERIFIER.header()));
    if (verifies) {
      demanded.add(Scheme.VERIFIER);
    }
    if (!operation.containsKey("requestBody")) {
      return new Operation(method, path, demanded, "", "");
    }
    Map.Entry<String, JsonValue> content =
        operation
            .getJsonObject("requestBody")
            .getJsonObject("content")
            .entrySet()
            .iterator()
            .next();
    String schema = content.getValue().asJsonObject().getJsonObject("schema").getString("$ref");
    String body =
        body(
            document
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(schema.substring(schema.lastIndexOf('/') + 1)));
    return new Operation(method, path, demanded, content.getKey(), body);
  }

  /** With a value for each member that the schema demands, and a reason where one may be given. */
  private static String body(JsonObject schema) {
    JsonObject properties = schema.getJsonObject("properties");
    Set<String> names = new TreeSet<>(Set.of("reason"));
    if (schema.containsKey("required")) {
      schema.getJsonArray("required").forEach(n -> names.add(((JsonString) n).getString()));
    }
    names.retainAll(properties.keySet());
    JsonObjectBuilder body = Json.createObjectBuilder();
    for (String name : names) {
      String type = String.valueOf(properties.getJsonObject(name).get("type"));
      if (type.contains("integer")) {
        body.add(name, 1);
      } else if (type.contains("array")) {
        body.add(name, Json.createArrayBuilder().add(Json.createObjectBuilder()));
      } else {
        body.add(name, "any");
      }
    }
    return body.build().toString();
  }

  private Stream<Operation> operations() {
    return operations.stream();
  }

  private Stream<Operation> closed() {
    return operations.stream().filter(operation -> !operation.anonymous());
  }

  private Stream<Operation> ofKeys() {
    return operations.stream().filter(Operation::takesKeys);
  }

  /** Without the stream, which has no end; {@code EventStreamHttpIT} has its tests. */
  private Stream<Operation> ended() {
    return ofKeys().filter(operation -> !operation.path().endsWith("/events/stream"));
  }

  private Stream<Operation> scoped() {
    return ofKeys().filter(operation -> !required(operation).isEmpty());
  }

  private Set<Scope> required(Operation operation) {
    return required.getOrDefault(generic(operation.name()), Set.of());
  }

  /** Without the names of path parameters. */
  private static String generic(String name) {
    return name.replaceAll("\\{[^}]*}", "{}");
  }

  /** What the resource methods say, by verb and path. */
  private static Map<String, Set<Scope>> requiredScopes() {
    Map<String, Set<Scope>> scopes = new HashMap<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.keyturn")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(type -> type.reflect())
            .forEach(
                type -> {
                  for (Method method : type.getMethods()) {
                    // Here is no operator, so these are as if they were not there. The other is the
                    // operation GET /verify by another verb, and tested with it.
                    if (method.isAnnotationPresent(io.keyturn.access.Operator.class)
                        || method.getName().equals("verifyByForm")) {
                      continue;
                    }
                    verb(method)
                        .ifPresent(
                            verb ->
                                scopes.put(
                                    generic(verb + " " + BASE + "/" + path(type, method)),
                                    scopes(method)));
                  }
                });
    return scopes;
  }

  private static java.util.Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(a -> a.annotationType().getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(Class<?> type, Method method) {
    Path own = method.getAnnotation(Path.class);
    return type.getAnnotation(Path.class).value() + (own == null ? "" : "/" + own.value());
  }

  private static Set<Scope> scopes(Method method) {
    RequiresScope declared = method.getAnnotation(RequiresScope.class);
    return declared == null ? Set.of() : Set.of(declared.value());
  }

  @Test
  void documentListsEveryOperationThatThereIs() {
    Set<String> listed = new TreeSet<>();
    operations.forEach(operation -> listed.add(generic(operation.name())));

    assertThat(listed).containsExactlyInAnyOrderElementsOf(required.keySet());
  }

  @Test
  void everyKeyMayAskWhoItIsAndNothingElse() {
    assertThat(ofKeys().filter(operation -> required(operation).isEmpty()).map(Operation::name))
        .containsExactly("GET /api/v1/me");
  }

  @ParameterizedTest
  @MethodSource("closed")
  void withoutACredentialItIsUnauthenticated(Operation operation) {
    assertProblem(send(operation, theirs.id()), 401, "unauthenticated");
    assertProblem(
        send(operation, theirs.id(), "Authorization", "Basic YTpi"), 401, "unauthenticated");
  }

  @ParameterizedTest
  @MethodSource("closed")
  void withAWrongSecretItIsUnauthenticated(Operation operation) {
    String wrong = theirs.secret().substring(0, theirs.secret().length() - 1) + "!";

    assertProblem(send(operation, theirs.id(), carried(operation, wrong)), 401, "unauthenticated");
  }

  @ParameterizedTest
  @MethodSource("scoped")
  void withAllScopesButItsOwnItIsForbidden(Operation operation) {
    for (Scope scope : required(operation)) {
      Set<Scope> others = EnumSet.allOf(Scope.class);
      others.remove(scope);
      String secret = CONTROL.key(Control.wish().in(owner).scopes(Scope.format(others))).secret();

      Answer answer = send(operation, theirs.id(), carried(operation, secret));
      assertProblem(answer, 403, "insufficient_scope");
      assertThat(answer.json().getString("scope")).isEqualTo(scope.code());
      assertThat(answer.header("WWW-Authenticate").orElse("")).contains("scope=\"" + scope + "\"");

      if (operation.schemes().size() == 1) {
        assertProblem(send(operation, theirs.id(), "X-API-Key", secret), 403, "insufficient_scope");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ended")
  void withAKeyOfAnotherOrganisationNothingIsThereAndNothingChanges(Operation operation) {
    String all = Scope.format(EnumSet.allOf(Scope.class));
    String foreign = CONTROL.key(Control.wish().in(stranger).scopes(all)).secret();
    String before = state(owner);

    List<String> headers = new ArrayList<>(List.of(carried(operation, foreign)));
    headers.addAll(List.of("If-Match", "*"));

    Answer answer = send(operation, theirs.id(), headers.toArray(String[]::new));

    // Another system's id names an object only within its own organisation.
    if (operation.path().contains("{") && !operation.path().contains("{external_id}")) {
      assertProblem(answer, 404, "not_found");
    }
    assertThat(answer.body()).doesNotContain(theirs.id()).doesNotContain("Theirs");
    assertThat(state(owner)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("ofKeys")
  void onTheHostOfAnotherOrganisationTheKeyIsUnknown(Operation operation) {
    String all = Scope.format(EnumSet.allOf(Scope.class));
    String secret = CONTROL.key(Control.wish().in(owner).scopes(all)).secret();
    List<String> headers = new ArrayList<>(List.of(carried(operation, secret)));
    headers.addAll(List.of("Host", stranger + ".localhost:" + SERVER.port()));

    Answer answer = send(operation, theirs.id(), headers.toArray(String[]::new));

    assertProblem(answer, 401, "unauthenticated");
  }

  /** With an unknown member in the body: nobody sets what is not offered. */
  @ParameterizedTest
  @MethodSource("ofKeys")
  void memberThatIsNotOfferedIsRefused(Operation operation) {
    if (!operation.bodyType().equals("application/json")) {
      return;
    }
    String all = Scope.format(EnumSet.allOf(Scope.class));
    String secret = CONTROL.key(Control.wish().in(owner).scopes(all)).secret();
    for (String member :
        List.of(
            "id", "organisation_id", "created_at", "version", "digest", "sealed", "revoked_at")) {
      List<String> headers = new ArrayList<>(List.of(carried(operation, secret)));
      headers.addAll(List.of("If-Match", "*"));

      Answer answer =
          send(
              operation,
              theirs.id(),
              "{\"" + member + "\": \"" + UUID.randomUUID() + "\"}",
              headers.toArray(String[]::new));

      assertProblem(answer, 422, "invalid");
      assertThat(
              answer.json().getJsonArray("errors").getValuesAs(JsonObject.class).stream()
                  .map(error -> error.getString("field")))
          .contains(member);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void methodsThatAreNotOfferedAreNamedAsSuch(Operation operation) {
    Set<String> offered = new TreeSet<>(Set.of("HEAD", "OPTIONS"));
    Set<String> own = new TreeSet<>();
    for (Operation other : operations) {
      // Another template may match the address, too, such as {id}. The most literal answers.
      if (concrete(operation, theirs.id()).matches(concrete(other, "[^/]+"))) {
        offered.add(other.method());
      }
      if (other.path().equals(operation.path())) {
        own.add(other.method());
      }
    }
    if (operation.path().endsWith("/verify")) {
      own.add("POST"); // the same operation, with the credential in a form
      offered.add("POST");
    }

    Answer answer = API.send("PROPFIND", concrete(operation, theirs.id()));

    if (operation.path().endsWith("/oauth/token")) {
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.json().getString("error")).isEqualTo("invalid_request");
    } else {
      assertProblem(answer, 405, "method_not_allowed");
    }
    assertThat(Set.of(answer.header("Allow").orElse("").split(", ?")))
        .isSubsetOf(offered)
        .containsAll(own);
  }

  private static String[] carried(Operation operation, String secret) {
    return operation.schemes().stream()
        .flatMap(scheme -> Stream.of(scheme.header(), scheme.before() + secret))
        .toArray(String[]::new);
  }

  private static Answer send(Operation operation, String id, String... headers) {
    return send(operation, id, operation.body(), headers);
  }

  private static Answer send(Operation operation, String id, String body, String[] headers) {
    if (operation.bodyType().isEmpty()) {
      return API.send(operation.method(), concrete(operation, id), headers);
    }
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", operation.bodyType()));
    return API.send(
        operation.method(),
        concrete(operation, id),
        BodyPublishers.ofString(body),
        all.toArray(String[]::new));
  }

  private static String concrete(Operation operation, String id) {
    return operation.path().replaceAll("\\{[^}]*}", id);
  }

  /** All rows of an organisation, but for the use of keys, which calling changes. */
  private static String state(String organisation) {
    StringBuilder state = new StringBuilder();
    for (String table : TABLES) {
      List<String> rows = new ArrayList<>();
      CONTROL
          .sql(
              "SELECT t.* FROM %s t JOIN organisation o ON o.id = t.organisation_id WHERE o.domain = '%s'"
                  .formatted(table, organisation))
          .forEach(row -> rows.add(row.toString()));
      rows.sort(null);
      state.append(table).append(rows).append('\n');
    }
    return state.toString();
  }
}
