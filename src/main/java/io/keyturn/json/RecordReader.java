package io.keyturn.json;

import io.keyturn.http.Ids;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.problem.SecretText;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object into a record. The record's components are the allow-list of members ({@code
 * snake_case}); any other member is 422, naming the member. This reader exists because JSON-B
 * ignores unknown members, and reports a wrong type without the member's name. It checks the media
 * type itself, because {@code @Consumes} is checked before the secret is.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public class RecordReader implements MessageBodyReader<Object> {
  /** What is said of a text that is no time, here and of parameters. */
  public static final String TIME_EXPECTED =
      "must be an RFC 3339 time in UTC such as 2026-01-31T12:00:00Z";

  private static final int MAX_DEPTH = 16;

  /**
   * The most digits of a number, because the time for parsing grows with the square of the digits.
   */
  private static final int LONGEST_NUMBER = 40;

  private static final MediaType MERGE_PATCH = new MediaType("application", "merge-patch+json");

  @Context private Request request;

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isRecord() || type == MergePatch.class;
  }

  /** Null where there is no body at all. */
  @Override
  public @Nullable Object readFrom(
      Class<Object> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    if (headers.getFirst(HttpHeaders.CONTENT_TYPE) != null) {
      checkType(mediaType);
    }
    byte[] bytes = body.readAllBytes();
    // A body that is cut off before its first byte was still meant to be a body.
    if (bytes.length == 0 && headers.getFirst(HttpHeaders.CONTENT_ENCODING) == null) {
      return null;
    }
    JsonObject json = parse(bytes);
    if (!type.isRecord()) {
      return new MergePatch(json);
    }
    return read(type.asSubclass(Record.class), json);
  }

  /**
   * The record that a JSON object describes.
   *
   * @throws ProblemException 422 naming each member that is unknown or has a wrong type
   */
  public static <T extends Record> T read(Class<T> type, JsonObject json) {
    List<FieldError> errors = new ArrayList<>();
    T read = record(type, json, "", errors);
    if (read == null || !errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return read;
  }

  /** A change is a merge patch (RFC 7396), and may use that media type. */
  private void checkType(MediaType type) {
    boolean patch = request.getMethod().equals(HttpMethod.PATCH);
    if (!type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
        && !(patch && type.isCompatible(MERGE_PATCH))) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          patch
              ? "Send the body as application/merge-patch+json or application/json."
              : "Send the body as application/json.");
    }
  }

  private static JsonObject parse(byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8.");
    }
    checkShape(text);
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    } catch (NumberFormatException e) {
      throw malformed("The body has a number that is too large.");
    } catch (JsonException e) {
      throw malformed("The body is not a JSON object.");
    }
  }

  /** A streaming pass, which needs no stack, before the recursive parser reads the text. */
  private static void checkShape(String text) {
    List<Set<String>> open = new ArrayList<>();
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      while (parser.hasNext()) {
        switch (parser.next()) {
          case START_OBJECT, START_ARRAY -> {
            if (open.size() >= MAX_DEPTH) {
              throw malformed("The body is nested deeper than " + MAX_DEPTH + " levels.");
            }
            open.add(new HashSet<>());
          }
          case END_OBJECT, END_ARRAY -> open.remove(open.size() - 1);
          case KEY_NAME -> {
            String name = parser.getString();
            if (!open.get(open.size() - 1).add(name)) {
              throw malformed("The body names a member twice.");
            }
          }
          case VALUE_NUMBER -> {
            if (parser.getString().length() > LONGEST_NUMBER) {
              throw malformed("The body has a number of more than " + LONGEST_NUMBER + " digits.");
            }
          }
          default -> {}
        }
      }
    } catch (JsonException | java.util.NoSuchElementException e) {
      throw malformed("The body is not well-formed JSON.");
    }
  }

  /**
   * The values of a JSON array, for {@link #read}.
   *
   * @throws ProblemException 400 for another text, and for an array that is too deep
   */
  public static List<JsonValue> array(String text) {
    checkShape(text);
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readArray();
    } catch (NumberFormatException | JsonException e) {
      throw malformed("The text is not a JSON array.");
    }
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }

  private static <T extends Record> @Nullable T record(
      Class<T> type, JsonObject json, String path, List<FieldError> errors) {
    RecordShape shape = RecordShape.of(type);
    Set<String> unknown = new HashSet<>(json.keySet());
    @Nullable Object[] values = new Object[shape.members().size()];
    for (int i = 0; i < values.length; i++) {
      RecordShape.Member member = shape.members().get(i);
      unknown.remove(member.name());
      String at = path + member.name();
      try {
        values[i] = member(member.type(), json.get(member.name()), at, errors);
      } catch (WrongType e) {
        errors.add(new FieldError(at, e.getMessage()));
      }
    }
    unknown.stream()
        .sorted()
        .forEach(name -> errors.add(new FieldError(path + name, "is not a member known here")));
    if (!errors.isEmpty()) {
      return null;
    }
    return type.cast(shape.with(values));
  }

  private static final class WrongType extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongType(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /**
   * The value of a member. Null is the same as an absent member, except for an Optional component:
   * an absent member leaves it null, and a null member makes it empty, which removes a value.
   */
  private static @Nullable Object member(
      Type type, @Nullable JsonValue json, String path, List<FieldError> errors) {
    boolean isNull = json == null || json.getValueType() == JsonValue.ValueType.NULL;
    if (type instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
      if (json == null) {
        return null;
      }
      Type inner = optional.getActualTypeArguments()[0];
      return isNull ? Optional.empty() : Optional.ofNullable(value(inner, json, path, errors));
    }
    return json == null || isNull ? null : value(type, json, path, errors);
  }

  private static @Nullable Object value(
      Type type, JsonValue json, String path, List<FieldError> errors) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      if (!(json instanceof JsonArray array)) {
        throw new WrongType("must be an array");
      }
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        Object element =
            value(list.getActualTypeArguments()[0], array.get(i), path + "[" + i + "].", errors);
        if (element != null) {
          values.add(element);
        }
      }
      return values;
    }
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      if (!(json instanceof JsonObject object)) {
        throw new WrongType("must be an object");
      }
      return scalars(object, path, errors);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord()) {
      if (!(json instanceof JsonObject object)) {
        throw new WrongType("must be an object");
      }
      String inner = path.endsWith(".") ? path : path + ".";
      return record(raw.asSubclass(Record.class), object, inner, errors);
    }
    if (raw == Boolean.class) {
      return switch (json.getValueType()) {
        case TRUE -> true;
        case FALSE -> false;
        default -> throw new WrongType("must be true or false");
      };
    }
    if (raw == Integer.class || raw == Long.class) {
      return number(raw, json);
    }
    if (raw == BigDecimal.class) {
      if (json instanceof JsonNumber number) {
        return decimal(number);
      }
      throw new WrongType("must be a number");
    }
    if (!(json instanceof JsonString string)) {
      throw new WrongType("must be a string");
    }
    return text(raw, string.getString());
  }

  /** An object with any names, whose values are texts, numbers, true, false and null. */
  private static Map<String, @Nullable Object> scalars(
      JsonObject json, String path, List<FieldError> errors) {
    Map<String, @Nullable Object> values = new TreeMap<>();
    json.forEach(
        (name, value) -> {
          try {
            values.put(name, scalar(value));
          } catch (WrongType e) {
            errors.add(new FieldError(path + "." + name, e.getMessage()));
          }
        });
    return values;
  }

  private static @Nullable Object scalar(JsonValue json) {
    return switch (json.getValueType()) {
      case STRING -> text(String.class, ((JsonString) json).getString());
      case NUMBER -> decimal((JsonNumber) json);
      case TRUE -> true;
      case FALSE -> false;
      case NULL -> null;
      default -> throw new WrongType("must be a string, a number, true or false");
    };
  }

  /** A large exponent would make a number of many digits when it is written out. */
  private static BigDecimal decimal(JsonNumber number) {
    BigDecimal value = number.bigDecimalValue();
    if (Math.abs((long) value.scale()) > LONGEST_NUMBER) {
      throw new WrongType("must have fewer digits");
    }
    return value;
  }

  private static Object number(Class<?> raw, JsonValue json) {
    try {
      if (json instanceof JsonNumber number) {
        return raw == Long.class ? (Object) number.longValueExact() : number.intValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Falls through: the number is a fraction, or too large.
    }
    throw new WrongType("must be a whole number");
  }

  private static Object text(Class<?> raw, String text) {
    try {
      if (SecretText.in(text)) {
        throw new WrongType(SecretText.REFUSAL);
      }
      if (raw == String.class) {
        return text;
      }
      if (raw == UUID.class) {
        return Ids.parse(text);
      }
      if (raw == Duration.class) {
        return Duration.parse(text);
      }
      if (raw == Instant.class) {
        return Instant.parse(text);
      }
    } catch (DateTimeParseException e) {
      throw new WrongType(
          raw == Duration.class ? "must be an ISO 8601 duration such as PT24H" : TIME_EXPECTED);
    } catch (IllegalArgumentException e) {
      throw new WrongType("must be a UUID");
    }
    throw new IllegalStateException("no reader for " + raw);
  }

  /** Converts {@code secretNumber} to {@code secret_number}. */
  static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
