package io.keyturn.usage;

import io.keyturn.access.ApiKeyId;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The counts of a client that sent a credential. Application code only reads this entity. */
@Entity
@IdClass(ClientSighting.Key.class)
public class ClientSighting {

  /** The key of a row: a credential and a client. */
  public record Key(ApiKeyId apiKeyId, int number, String address, String userAgent) {}

  @Id private ApiKeyId apiKeyId;
  @Id private int number;
  @Id private String address;
  @Id private String userAgent;
  private OrganisationId organisationId;
  private Instant firstSeenAt;
  private @Nullable Instant lastAcceptedAt;
  private @Nullable Instant lastRefusedAt;
  private long accepted;
  private long refused;

  protected ClientSighting() {}

  /** The number of the credential that was sent. */
  public int number() {
    return number;
  }

  /**
   * The client's network address as people write it; empty in the row of all clients that have no
   * row of their own.
   */
  public String address() {
    return Networks.readable(address);
  }

  /** The user agent that the client sent, at most 200 characters; may be empty. */
  public String userAgent() {
    return userAgent;
  }

  public boolean others() {
    return address.isEmpty();
  }

  public Instant firstSeenAt() {
    return firstSeenAt;
  }

  public @Nullable Instant lastAcceptedAt() {
    return lastAcceptedAt;
  }

  public @Nullable Instant lastRefusedAt() {
    return lastRefusedAt;
  }

  /** How many requests with this credential were accepted. */
  public long accepted() {
    return accepted;
  }

  /** How many requests were refused because the credential was no longer accepted. */
  public long refused() {
    return refused;
  }
}
