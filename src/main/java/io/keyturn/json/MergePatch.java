package io.keyturn.json;

import io.keyturn.problem.ProblemException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;

/**
 * A JSON Merge Patch (RFC 7396): named members replace values, null removes a value, absent members
 * stay as they are, and the same holds inside of objects. Arrays are replaced as a whole.
 */
public final class MergePatch {
  private final JsonObject members;

  /** The patch with these members. */
  public MergePatch(JsonObject members) {
    this.members = members;
  }

  /** Whether the patch names one of these members. */
  public boolean names(Collection<String> some) {
    return some.stream().anyMatch(members::containsKey);
  }

  /** The same patch without some members. */
  public MergePatch without(Collection<String> some) {
    JsonObjectBuilder others = Json.createObjectBuilder(members);
    some.forEach(others::remove);
    return new MergePatch(others.build());
  }

  /**
   * Checks the patch by itself, also members that remove nothing, such as an unknown member that is
   * null.
   *
   * @throws ProblemException 422 naming each member that is unknown or has a wrong type
   */
  public MergePatch of(Class<? extends Record> type) {
    RecordReader.read(type, members);
    return this;
  }

  /**
   * The record after the patch.
   *
   * @throws ProblemException 422 naming each member that is unknown or has a wrong type
   */
  public <T extends Record> T onto(T before, Class<T> type) {
    of(type);
    JsonObject after =
        Json.createMergePatch(members).apply(RecordWriter.write(before)).asJsonObject();
    return RecordReader.read(type, after);
  }
}
