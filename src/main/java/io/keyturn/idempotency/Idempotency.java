package io.keyturn.idempotency;

import io.keyturn.access.ApiKeyId;
import io.keyturn.database.SkipLocked;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.problem.SecretText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a POST once for each {@code Idempotency-Key}. The answer is stored in the transaction of
 * the work, and kept for 24 hours.
 */
@ApplicationScoped
@Transactional
public class Idempotency {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Duration KEPT = Duration.ofHours(24);

  @Inject private Clock clock;
  @Inject private Keyring keyring;
  @Inject private Organisations organisations;
  @Inject private RequestRows rows;
  @PersistenceContext private EntityManager entities;

  /**
   * Runs the work, unless the same request was answered before; then repeats the answer.
   *
   * @param idempotencyKey the header's value; null when there is none, so that the work always runs
   * @param request the request body, a record
   * @param repeated records, in the same transaction, that an answer is given again
   * @throws ProblemException 409 while the first request runs, and where the answer held a secret
   *     of an organisation that keeps none; 422 for another request with the same key
   */
  public Answer answer(
      OrganisationId organisationId,
      ApiKeyId apiKeyId,
      @Nullable String idempotencyKey,
      RequestDigest request,
      Supplier<Answer> work,
      Consumer<Answer> repeated) {
    return answer(
        organisationId, apiKeyId, idempotencyKey, request, work, repeated, this::keepsNoSecrets);
  }

  /**
   * As {@link #answer}, for answers that never hold a secret: they are kept also where an
   * organisation keeps no secrets.
   *
   * @throws ProblemException 409 while the first request runs; 422 for another request with the
   *     same key
   */
  public Answer answerWithoutSecret(
      OrganisationId organisationId,
      ApiKeyId apiKeyId,
      @Nullable String idempotencyKey,
      RequestDigest request,
      Supplier<Answer> work) {
    return answer(
        organisationId, apiKeyId, idempotencyKey, request, work, again -> {}, id -> false);
  }

  private boolean keepsNoSecrets(OrganisationId organisationId) {
    return organisations.byId(organisationId).orElseThrow().strict();
  }

  private Answer answer(
      OrganisationId organisationId,
      ApiKeyId apiKeyId,
      @Nullable String idempotencyKey,
      RequestDigest request,
      Supplier<Answer> work,
      Consumer<Answer> repeated,
      Predicate<OrganisationId> notKept) {
    if (idempotencyKey == null) {
      return work.get();
    }
    if (!KEY.matcher(idempotencyKey).matches()) {
      throw ProblemException.invalid(
          "Idempotency-Key", "must have 1 to 255 visible ASCII characters");
    }
    if (SecretText.in(idempotencyKey)) {
      throw ProblemException.invalid("Idempotency-Key", SecretText.REFUSAL);
    }
    var key = new IdempotentRequest.Key(organisationId, apiKeyId, idempotencyKey);
    rows.ensure(key, clock.instant());
    IdempotentRequest row = lock(key);
    if (row.answered()) {
      Answer answer = repeat(row, request);
      repeated.accept(answer);
      return answer;
    }
    Answer answer = work.get();
    row.answer(
        request,
        answer,
        notKept.test(organisationId) ? null : keyring.dataKey(organisationId.value()));
    return answer;
  }

  private IdempotentRequest lock(IdempotentRequest.Key key) {
    List<IdempotentRequest> free =
        SkipLocked.in(
                entities
                    .createQuery(
                        "select r from IdempotentRequest r where r.organisationId = :organisation and"
                            + " r.apiKeyId = :apiKey and r.idempotencyKey = :key",
                        IdempotentRequest.class)
                    .setParameter("organisation", key.organisationId())
                    .setParameter("apiKey", key.apiKeyId())
                    .setParameter("key", key.idempotencyKey()))
            .getResultList();
    if (free.isEmpty()) {
      throw new ProblemException(
          ProblemType.REQUEST_IN_PROGRESS,
          "A request with this Idempotency-Key is still running. Please retry.");
    }
    return free.get(0);
  }

  private Answer repeat(IdempotentRequest row, RequestDigest request) {
    if (!row.of(request)) {
      throw ProblemException.invalid("Idempotency-Key", "was used for another request");
    }
    UUID dataKey = row.dataKeyId();
    String location = row.location();
    ProblemException notKept =
        new ProblemException(
            ProblemType.CONFLICT,
            location == null
                ? "The request was done already. Its answer is not kept any more."
                : "The first answer to this request had a secret, which cannot be repeated:"
                    + " this organisation keeps no secrets. Refresh the key to get a new secret.");
    if (dataKey == null) {
      throw location == null ? notKept : notKept.member("location", location);
    }
    return row.replay(keyring.sealOf(dataKey)).orElseThrow(() -> notKept);
  }

  /** Destroys an organisation's sealed answers; that the requests were answered stays known. */
  public void forgetSecrets(OrganisationId organisationId) {
    entities
        .createQuery(
            "update IdempotentRequest r set r.sealed = null, r.dataKeyId = null"
                + " where r.organisationId = :organisation")
        .setParameter("organisation", organisationId)
        .executeUpdate();
  }

  /**
   * Deletes requests that are older than 24 hours.
   *
   * @return how many were deleted
   */
  public int forget() {
    return entities
        .createQuery("delete from IdempotentRequest r where r.createdAt < :before")
        .setParameter("before", clock.instant().minus(KEPT))
        .executeUpdate();
  }
}
