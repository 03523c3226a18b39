package io.keyturn.problem;

import jakarta.ejb.ApplicationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private final transient Map<String, Object> members = new LinkedHashMap<>();

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  private ProblemException(ProblemType type, String detail, List<FieldError> errors) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
  }

  /** 422 for one field. */
  public static ProblemException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** 422 for each wrong field, up to {@link #MOST}. */
  public static ProblemException invalid(List<FieldError> errors) {
    List<FieldError> told = new ArrayList<>(errors.subList(0, Math.min(errors.size(), MOST)));
    if (errors.size() > MOST) {
      told.add(new FieldError("", "There are " + (errors.size() - MOST) + " more errors."));
    }
    return new ProblemException(
        ProblemType.INVALID, told.get(0).field() + ": " + told.get(0).message(), told);
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

  public Map<String, String> headers() {
    return headers;
  }

  public Map<String, Object> members() {
    return members;
  }
}
