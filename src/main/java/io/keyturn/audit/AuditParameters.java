package io.keyturn.audit;

import io.keyturn.database.StorableTime;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters of the list of audit events. A {@code @BeanParam}. */
public class AuditParameters {
  private static final int MAX_TEXT = 254;
  private static final String ACTION = "[A-Z][A-Z_]{0,59}";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  @QueryParam("action")
  @Parameter(
      description = "Events of this kind, such as `API_KEY_REFRESHED`.",
      schema = @Schema(type = SchemaType.STRING, pattern = "^" + ACTION + "$"))
  private @Nullable String action;

  @QueryParam("actor")
  @Parameter(
      description = "What this person or API key did: an id, or a name in upper or lower case.",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = MAX_TEXT))
  private @Nullable String actor;

  @QueryParam("subject")
  @Parameter(
      description = "What was done to this object: an id, or a name in upper or lower case.",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = MAX_TEXT))
  private @Nullable String subject;

  @QueryParam("from")
  @Parameter(
      description = "Events at this time (RFC 3339) or later.",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  private @Nullable String from;

  @QueryParam("to")
  @Parameter(
      description = "Events before this time (RFC 3339).",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  private @Nullable String to;

  @QueryParam("after")
  @Parameter(
      description =
          "Events with a larger `sequence`. To get new events, send the largest"
              + " `sequence` that you have.",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
  private @Nullable String after;

  /** No parameter is given. */
  public AuditParameters() {}

  /** The parameters as they were sent; null for a missing one. */
  public AuditParameters(
      @Nullable String action,
      @Nullable String actor,
      @Nullable String subject,
      @Nullable String from,
      @Nullable String to,
      @Nullable String after) {
    this.action = action;
    this.actor = actor;
    this.subject = subject;
    this.from = from;
    this.to = to;
    this.after = after;
  }

  /**
   * The filter that the parameters describe.
   *
   * @throws ProblemException 422 naming each parameter at fault
   */
  public AuditFilter filter() {
    FieldErrors errors = new FieldErrors();
    AuditFilter filter =
        new AuditFilter(
            errors.orNull(() -> action == null ? null : action(action)),
            errors.orNull(() -> actor == null ? null : text("actor", actor)),
            errors.orNull(() -> subject == null ? null : text("subject", subject)),
            errors.orNull(() -> from == null ? null : time("from", from)),
            errors.orNull(() -> to == null ? null : time("to", to)),
            errors.orNull(() -> after == null ? null : number(after)));
    errors.refuse();
    return filter;
  }

  private static String action(String text) {
    if (!text.matches(ACTION)) {
      throw ProblemException.invalid(
          "action", "must be capital letters and _, such as API_KEY_REFRESHED");
    }
    return text;
  }

  private static String text(String field, String text) {
    int length = text.codePointCount(0, text.length());
    // PostgreSQL refuses a text with NUL.
    if (length < 1 || length > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(
          field, "must have 1 to " + MAX_TEXT + " characters, none of them control characters");
    }
    return text;
  }

  private static Instant time(String field, String text) {
    try {
      Instant time = Instant.parse(text);
      if (StorableTime.is(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Falls through to the message.
    }
    throw ProblemException.invalid(
        field, "must be a time (RFC 3339) from 1970 to 9999, such as 2026-03-01T12:00:00Z");
  }

  private static long number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw ProblemException.invalid("after", "must be the sequence of an event, or 0");
    }
    return Long.parseLong(text);
  }
}
