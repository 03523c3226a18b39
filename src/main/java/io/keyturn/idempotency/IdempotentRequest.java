package io.keyturn.idempotency;

import io.keyturn.access.ApiKeyId;
import io.keyturn.keyring.Keyring.DataKey;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Seal;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be sent again. Its row is locked while it runs, so that a crash leaves no
 * request running. The answer is sealed because it may hold a secret.
 */
@Entity
@IdClass(IdempotentRequest.Key.class)
class IdempotentRequest {

  /** Each API key has idempotency keys of its own. */
  record Key(OrganisationId organisationId, ApiKeyId apiKeyId, String idempotencyKey) {}

  @Id private OrganisationId organisationId;
  @Id private ApiKeyId apiKeyId;
  @Id private String idempotencyKey;
  private Instant createdAt;
  private byte @Nullable [] requestDigest;
  private @Nullable Integer status;
  private @Nullable String location;
  private byte @Nullable [] sealed;
  private @Nullable UUID dataKeyId;

  protected IdempotentRequest() {}

  boolean answered() {
    return requestDigest != null;
  }

  boolean of(RequestDigest request) {
    return requestDigest != null && request.sameAs(requestDigest);
  }

  @Nullable String location() {
    return location;
  }

  @Nullable UUID dataKeyId() {
    return dataKeyId;
  }

  /** Remembers the answer; without its body where nothing may be kept. */
  void answer(RequestDigest request, Answer answer, @Nullable DataKey dataKey) {
    byte[] digest = request.bytes();
    requestDigest = digest;
    status = answer.status();
    location = answer.location();
    if (dataKey != null) {
      dataKeyId = dataKey.id();
      sealed =
          dataKey
              .seal()
              .close(answer.body().getBytes(StandardCharsets.UTF_8), place(dataKey.id(), digest));
    }
  }

  /**
   * The answer, if its body was kept.
   *
   * @throws Seal.BrokenSeal when the row was tampered with
   */
  Optional<Answer> replay(Seal seal) {
    if (sealed == null || dataKeyId == null || status == null) {
      return Optional.empty();
    }
    byte[] body = seal.open(sealed, place(dataKeyId, requestDigest));
    return Optional.of(new Answer(status, location, new String(body, StandardCharsets.UTF_8)));
  }

  private byte[][] place(UUID dataKey, byte @Nullable [] digest) {
    Stream<byte[]> names =
        Stream.of("idempotent-request", organisationId, apiKeyId, idempotencyKey, dataKey)
            .map(part -> part.toString().getBytes(StandardCharsets.UTF_8));
    return Stream.concat(names, Stream.ofNullable(digest)).toArray(byte[][]::new);
  }
}
