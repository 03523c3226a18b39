package io.keyturn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
  private static JsonObject json(Problem problem) {
    try (var reader = Json.createReader(new StringReader(problem.toJson("id-1")))) {
      return reader.readObject();
    }
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void everyTypeHasItsMembersInTheirOrder(ProblemType type) {
    JsonObject json = json(Problem.of(type, "Because."));

    assertThat(json.keySet())
        .containsExactly("type", "title", "status", "code", "detail", "request_id");
    assertThat(json.getString("type")).isEqualTo("/problems/" + json.getString("code"));
    assertThat(json.getString("code")).matches("[a-z_]+");
    assertThat(json.getInt("status")).isEqualTo(type.status()).isBetween(400, 599);
    assertThat(json.getString("request_id")).isEqualTo("id-1");
    assertThat(json.getString("title").equals("Unauthenticated.")).isEqualTo(type.status() == 401);
  }

  @Test
  void furtherMembersAndFieldsAreAdded() {
    ProblemException thrown =
        ProblemException.invalid(
                List.of(new FieldError("a", "is \"wrong\""), new FieldError("b", "too")))
            .member("current_number", 7)
            .member("scope", "suppliers:read");

    JsonObject json = json(Problem.of(thrown));

    assertThat(json.getString("detail")).isEqualTo("a: is \"wrong\"");
    assertThat(json.getInt("current_number")).isEqualTo(7);
    assertThat(json.getString("scope")).isEqualTo("suppliers:read");
    assertThat(json.getJsonArray("errors")).hasSize(2);
    assertThat(json.getJsonArray("errors").getJsonObject(0).getString("message"))
        .isEqualTo("is \"wrong\"");
  }

  @Test
  void failureSaysWhatIsWrongWithAFieldAndOnlyWithThat() {
    ProblemException invalid =
        ProblemException.invalid(
            List.of(new FieldError("a", "is wrong"), new FieldError("b", "too")));
    ProblemException taken = ProblemException.taken("name", "There is another ERP.");

    assertThat(invalid.messageAt("b")).contains("too");
    assertThat(invalid.messageAt("name")).isEmpty();
    assertThat(taken.messageAt("name")).contains("There is another ERP.");
    assertThat(taken.messageAt("a")).isEmpty();
    assertThat(taken.type()).isEqualTo(ProblemType.CONFLICT);
    assertThat(json(Problem.of(taken)).keySet())
        .containsExactly("type", "title", "status", "code", "detail", "request_id");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 406, 411, 412, 413, 415, 418, 421, 500, 502, 503})
  void bareStatusHasATypeOfItsKindAndASentence(int status) {
    Problem problem = Problem.ofStatus(status);

    assertThat(problem.type().status() / 100).isEqualTo(status / 100);
    assertThat(problem.detail()).endsWith(".");
  }

  @Test
  void exceptionCostsNoStackTraceAndRollsBack() {
    ProblemException thrown = ProblemException.notFound("API key");

    assertThat(thrown.getStackTrace()).isEmpty();
    assertThat(thrown.type()).isEqualTo(ProblemType.NOT_FOUND);
    assertThat(ProblemException.class.getAnnotation(jakarta.ejb.ApplicationException.class))
        .extracting(jakarta.ejb.ApplicationException::rollback)
        .isEqualTo(true);
  }
}
