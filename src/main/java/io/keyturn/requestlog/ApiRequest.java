package io.keyturn.requestlog;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request of the API as the request log has it. Application code only reads this entity. */
@Entity
public class ApiRequest {
  @Id private UUID requestId;
  private OrganisationId organisationId;
  private int share;
  private Instant at;
  private @Nullable ApiKeyId apiKeyId;
  private @Nullable Integer credentialNumber;
  private String method;
  private String path;
  private int status;
  private @Nullable String code;
  private @Nullable String detail;
  private @Nullable String members;
  private long micros;
  private String address;
  private String userAgent;

  protected ApiRequest() {}

  /** The id in the header {@code X-Request-Id} of the answer. */
  public UUID requestId() {
    return requestId;
  }

  /** When it was answered. */
  public Instant at() {
    return at;
  }

  /** The key whose secret was sent; null where it is not known. */
  public @Nullable ApiKeyId apiKeyId() {
    return apiKeyId;
  }

  /** The number of the credential that was sent; null where it is not known, as at a renewal. */
  public @Nullable Integer credentialNumber() {
    return credentialNumber;
  }

  public String method() {
    return method;
  }

  /** The template of the address, such as {@code /api/v1/suppliers/{id}}. */
  public String path() {
    return path;
  }

  public int status() {
    return status;
  }

  /** The code of the problem document; null where none was answered. */
  public @Nullable String code() {
    return code;
  }

  /** How long the server took. */
  public Duration took() {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  /** The network address of the client, as people write it. */
  public String address() {
    return address;
  }

  /** The user agent that the client sent, at most 200 characters; may be empty. */
  public String userAgent() {
    return userAgent;
  }

  /** The problem that was answered, as far as the log has room for it; nothing where none was. */
  public Optional<Problem> problem() {
    return Arrays.stream(ProblemType.values())
        .filter(type -> type.code().equals(code))
        .findFirst()
        .map(type -> FurtherMembers.read(type, String.valueOf(detail), members));
  }

  /** The cursor of this request in the list. */
  public Cursor place() {
    return new Cursor(RequestLog.LIST, at.toString(), requestId);
  }
}
