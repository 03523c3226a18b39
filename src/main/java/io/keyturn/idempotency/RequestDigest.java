package io.keyturn.idempotency;

import io.keyturn.json.JsonText;
import io.keyturn.json.RecordWriter;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * What tells whether two requests ask for the same: SHA-256 of the operation and of the request's
 * JSON in one form. Members are sorted, and a member without a value does not count, so that a
 * request means the same to a version that knows further members.
 *
 * <p>A stored digest begins with the number of this form. Earlier versions stored the bare 32 bytes
 * of another form, which cannot be computed any more: with such a row nothing is compared, and
 * every request with its {@code Idempotency-Key} counts as the same. Such rows are gone 24 hours
 * after the upgrade.
 */
public final class RequestDigest {
  private static final byte FORM = 1;
  private static final int LENGTH_BEFORE_FORMS = 32;

  private final byte[] bytes;

  private RequestDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The digest of a request.
   *
   * @param operation what is done with the request: an {@code Idempotency-Key} is for one
   *     operation. The name must never change
   * @param body the request's body as it was read
   */
  public static RequestDigest of(String operation, Record body) {
    return of(operation, RecordWriter.object(JsonText.of(body)));
  }

  static RequestDigest of(String operation, JsonObject body) {
    JsonObject whole =
        Json.createObjectBuilder().add("operation", operation).add("body", canonical(body)).build();
    byte[] hash = sha256(whole.toString());
    byte[] bytes = new byte[hash.length + 1];
    bytes[0] = FORM;
    System.arraycopy(hash, 0, bytes, 1, hash.length);
    return new RequestDigest(bytes);
  }

  /** As it is stored. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Whether a request with this stored digest counts as the same request. */
  boolean sameAs(byte[] stored) {
    return stored.length == LENGTH_BEFORE_FORMS || Arrays.equals(stored, bytes);
  }

  private static JsonValue canonical(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT -> canonical(value.asJsonObject());
      case ARRAY -> canonical(value.asJsonArray());
      default -> value;
    };
  }

  private static JsonObject canonical(JsonObject object) {
    JsonObjectBuilder sorted = Json.createObjectBuilder();
    new TreeMap<>(object)
        .forEach(
            (name, value) -> {
              if (value != JsonValue.NULL) {
                sorted.add(name, canonical(value));
              }
            });
    return sorted.build();
  }

  private static JsonArray canonical(JsonArray array) {
    return array.stream()
        .map(RequestDigest::canonical)
        .collect(
            Json::createArrayBuilder,
            (builder, element) -> builder.add(element),
            (first, second) -> first.addAll(second))
        .build();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
