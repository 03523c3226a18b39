package io.keyturn.problem;

import jakarta.ejb.ApplicationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure whose problem is sent to the client unchanged, so its detail must not hold a secret. It
 * rolls back the current transaction.
 */
@ApplicationException(rollback = true)
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The most errors in a document. */
  public static final int MOST = 50;

  private final ProblemType type;
  private final transient List<FieldError> errors;
  private final @Nullable String takenField;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private final transient Map<String, Object> members = new LinkedHashMap<>();

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), null);
  }

  private ProblemException(
      ProblemType type, String detail, List<FieldError> errors, @Nullable String takenField) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.takenField = takenField;
  }

  /** 422 for one field. */
  public static ProblemException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** 422 for each wrong field, up to {@link #MOST}. */
  public static ProblemException invalid(List<FieldError> errors) {
    List<FieldError> told = new ArrayList<>(errors.subList(0, Math.min(errors.size(), MOST)));
    if (errors.size() > MOST) {
      told.add(new FieldError("", "And " + Count.of(errors.size() - MOST, "more error") + "."));
    }
    return new ProblemException(
        ProblemType.INVALID, told.get(0).field() + ": " + told.get(0).message(), told, null);
  }

  /**
   * 409, because another object has the value that a field must have alone. The problem document
   * does not name the field; a page shows the detail at it.
   */
  public static ProblemException taken(String field, String detail) {
    return new ProblemException(ProblemType.CONFLICT, detail, List.of(), field);
  }

  /** 400 for a request that cannot be read. */
  public static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }

  /** 404, with the same answer for an absent object and for another organisation's object. */
  public static ProblemException notFound(String what) {
    return new ProblemException(ProblemType.NOT_FOUND, "There is no such " + what + ".");
  }

  /** Adds a response header. */
  public ProblemException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds a member to the problem document. */
  public ProblemException member(String name, Object value) {
    members.put(name, value);
    return this;
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<FieldError> errors() {
    return errors;
  }

  /**
   * What is wrong with a field: the message of its first error, or the detail where another object
   * has its value.
   *
   * @return nothing where the failure is not about this field
   */
  public Optional<String> messageAt(String field) {
    return field.equals(takenField)
        ? Optional.of(detail())
        : errors.stream()
            .filter(error -> error.field().equals(field))
            .map(FieldError::message)
            .findFirst();
  }

  /** The field whose value another object has. */
  public Optional<String> takenField() {
    return Optional.ofNullable(takenField);
  }

  public Map<String, String> headers() {
    return headers;
  }

  public Map<String, Object> members() {
    return members;
  }
}
