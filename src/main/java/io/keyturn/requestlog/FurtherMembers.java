package io.keyturn.requestlog;

import io.keyturn.problem.Count;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import io.keyturn.problem.SecretText;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a problem document has besides its code and its detail, such as the list of errors, as the
 * request log keeps it: a JSON object of bounded length, without a secret.
 */
final class FurtherMembers {
  /** The most characters of the JSON text. */
  static final int LONGEST = 2_000;

  /** Room for the brackets of the list, and for the last entry, which says how many are missing. */
  private static final int RESERVED = 120;

  /** What an entry takes in memory besides its characters, in characters. */
  private static final int OBJECTS = 50;

  private static final String ERRORS = "errors";
  private static final String FIELD = "field";
  private static final String MESSAGE = "message";
  private static final JsonProvider JSON = JsonProvider.provider();

  private FurtherMembers() {}

  /** The JSON text of the further members; null where the problem has none. */
  static @Nullable String of(Problem problem) {
    if (problem.members().isEmpty() && problem.errors().isEmpty()) {
      return null;
    }
    int room = LONGEST - RESERVED;
    int leftOut = 0;
    JsonObjectBuilder members = JSON.createObjectBuilder();
    for (Map.Entry<String, Object> each : problem.members().entrySet()) {
      JsonObject member = member(each.getKey(), each.getValue());
      int length = member.toString().length();
      if (length <= room) {
        members.addAll(JSON.createObjectBuilder(member));
        room -= length;
      } else {
        leftOut++;
      }
    }
    JsonArrayBuilder errors = JSON.createArrayBuilder();
    for (FieldError each : problem.errors()) {
      JsonObject error = error(SecretText.hidden(each.field()), SecretText.hidden(each.message()));
      int length = error.toString().length() + 1;
      if (leftOut == 0 && length <= room) {
        errors.add(error);
        room -= length;
      } else {
        leftOut++;
      }
    }
    if (leftOut > 0) {
      errors.add(
          error("", "The log leaves out " + Count.of(leftOut, "further part") + " of the answer."));
    }
    JsonArray list = errors.build();
    return (list.isEmpty() ? members : members.add(ERRORS, list)).build().toString();
  }

  private static JsonObject member(String name, Object value) {
    JsonObjectBuilder member = JSON.createObjectBuilder();
    return (value instanceof Number number
            ? member.add(name, number.longValue())
            : member.add(name, SecretText.hidden(value.toString())))
        .build();
  }

  private static JsonObject error(String field, String message) {
    return JSON.createObjectBuilder().add(FIELD, field).add(MESSAGE, message).build();
  }

  /** The problem with the further members that the log has kept. */
  static Problem read(ProblemType type, String detail, @Nullable String json) {
    if (json == null) {
      return Problem.of(type, detail);
    }
    JsonObject object;
    try (JsonReader reader = JSON.createReader(new StringReader(json))) {
      object = reader.readObject();
    }
    List<FieldError> errors = new ArrayList<>();
    Map<String, Object> members = new LinkedHashMap<>();
    object.forEach(
        (name, value) -> {
          if (value instanceof JsonArray list) {
            list.getValuesAs(JsonObject.class)
                .forEach(e -> errors.add(new FieldError(e.getString(FIELD), e.getString(MESSAGE))));
          } else if (value instanceof JsonNumber number) {
            members.put(name, number.longValue());
          } else if (value instanceof JsonString text) {
            members.put(name, text.getString());
          }
        });
    return new Problem(type, detail, errors, members);
  }

  /** How much memory they take until they are written, in characters. */
  static int weight(@Nullable Problem problem) {
    if (problem == null) {
      return 0;
    }
    int weight = 0;
    for (FieldError error : problem.errors()) {
      weight += error.field().length() + error.message().length() + OBJECTS;
    }
    return weight;
  }

  /** The problem without its list of errors, for which there is no memory. */
  static Problem withoutErrors(Problem problem) {
    return new Problem(
        problem.type(),
        problem.detail(),
        List.of(new FieldError("", "The log had no room for the errors of this answer.")),
        problem.members());
  }
}
