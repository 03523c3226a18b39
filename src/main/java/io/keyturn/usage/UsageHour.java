package io.keyturn.usage;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;

/**
 * The answers to a key's requests in an hour, counted by status. Application code only reads this
 * entity.
 */
@Entity
@IdClass(UsageHour.Key.class)
public class UsageHour {

  /** A key and the beginning of an hour. */
  public record Key(ApiKeyId apiKeyId, Instant hourAt) {}

  @Id private ApiKeyId apiKeyId;
  @Id private Instant hourAt;
  private OrganisationId organisationId;

  @Column(name = "status_2xx")
  private long of2xx;

  @Column(name = "status_3xx")
  private long of3xx;

  @Column(name = "status_4xx")
  private long of4xx;

  @Column(name = "status_5xx")
  private long of5xx;

  protected UsageHour() {}

  /** When the hour began. */
  public Instant at() {
    return hourAt;
  }

  /** How many requests were answered with a status from 200 to 299, and so on. */
  public long of2xx() {
    return of2xx;
  }

  public long of3xx() {
    return of3xx;
  }

  public long of4xx() {
    return of4xx;
  }

  public long of5xx() {
    return of5xx;
  }
}
