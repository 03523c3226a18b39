package io.keyturn.requestlog;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the request log: some seconds late, and of the last seven days. */
@ApplicationScoped
@Transactional
public class RequestLog {
  /** How long a request is remembered. */
  public static final Duration REMEMBERED = Duration.ofDays(7);

  /** The list and its order, as a cursor names it. */
  public static final String LIST = "requests/-at";

  private static final long MOST_ADDRESSES = 100;

  @PersistenceContext private EntityManager entities;

  /**
   * A page of the requests that match a filter, the newest first.
   *
   * @param keys the keys whose requests are wanted; null for all requests
   * @throws io.keyturn.problem.ProblemException 422 for an invalid cursor
   */
  public ListView<ApiRequest> find(
      OrganisationId organisationId,
      RequestFilter filter,
      @Nullable Set<ApiKeyId> keys,
      Paging paging) {
    List<ApiRequest> read = new RequestQuery(entities, organisationId, filter, keys).page(paging);
    return new ListView<>(paging.cut(read), paging.page(read, ApiRequest::place, null));
  }

  /**
   * The page of requests before a cursor. Empty where no more than a page of requests comes before
   * it; the caller then shows the first page.
   *
   * @throws io.keyturn.problem.ProblemException 422 for an invalid cursor
   */
  public Optional<List<ApiRequest>> pageBefore(
      OrganisationId organisationId,
      RequestFilter filter,
      @Nullable Set<ApiKeyId> keys,
      Cursor place,
      int limit) {
    List<ApiRequest> read =
        new RequestQuery(entities, organisationId, filter, keys).before(place, limit + 1);
    if (read.size() <= limit) {
      return Optional.empty();
    }
    List<ApiRequest> page = new ArrayList<>(read.subList(0, limit));
    Collections.reverse(page);
    return Optional.of(page);
  }

  /**
   * Requests of a client that were refused for the same problem.
   *
   * @param code of the problem
   * @param key null where no secret of a key was sent
   * @param latest when the last of them was answered
   */
  public record Refused(
      String code, @Nullable ApiKeyId key, String address, long count, Instant latest) {}

  /** Who was refused since a time, and why: those with the most requests. */
  public List<Refused> refused(OrganisationId organisationId, Instant since, int most) {
    return entities
        .createQuery(
            "select new io.keyturn.requestlog.RequestLog$Refused("
                + "r.code, r.apiKeyId, r.address, count(r), max(r.at))"
                + " from ApiRequest r where r.organisationId = :organisation and"
                + " r.share in (:refused, :stranger) and r.at >= :since and r.code is not null"
                + " group by r.code, r.apiKeyId, r.address order by count(r) desc, max(r.at) desc",
            Refused.class)
        .setParameter("organisation", organisationId)
        .setParameter("refused", Share.REFUSED.ordinal())
        .setParameter("stranger", Share.STRANGER.ordinal())
        .setParameter("since", since)
        .setMaxResults(most)
        .getResultList();
  }

  /** How many requests were refused for a problem since a time. */
  public long count(OrganisationId organisationId, ProblemType problem, Instant since) {
    return entities
        .createQuery(
            "select count(r) from ApiRequest r where r.organisationId = :organisation and"
                + " r.share in (:refused, :stranger) and r.at >= :since and r.code = :code",
            Long.class)
        .setParameter("organisation", organisationId)
        .setParameter("refused", Share.REFUSED.ordinal())
        .setParameter("stranger", Share.STRANGER.ordinal())
        .setParameter("since", since)
        .setParameter("code", problem.code())
        .getSingleResult();
  }

  /**
   * Uses of a secret that no longer works.
   *
   * @param address from which it was sent
   */
  public record DeadSecretUse(OrganisationId organisationId, ApiKeyId key, String address) {}

  /**
   * Who has sent secrets that no longer work since a time; at most a hundred addresses for each
   * key. So whoever has an old secret of a key hides no use of another key by sending it often.
   */
  public List<DeadSecretUse> deadSecrets(Instant since) {
    return entities
        .createQuery(
            "select new io.keyturn.requestlog.RequestLog$DeadSecretUse(u.organisationId, u.key,"
                + " u.address) from (select r.organisationId as organisationId, r.apiKeyId as key,"
                + " r.address as address, row_number() over (partition by r.apiKeyId order by"
                + " max(r.at) desc) as place from ApiRequest r where r.at > :since and r.share ="
                + " :share and r.code in (:refreshed, :ended, :revoked, :expired) and r.apiKeyId is"
                + " not null group by r.organisationId, r.apiKeyId, r.address) u where u.place <="
                + " :most",
            DeadSecretUse.class)
        .setParameter("since", since)
        .setParameter("share", Share.REFUSED.ordinal())
        .setParameter("refreshed", ProblemType.SECRET_REFRESHED.code())
        .setParameter("ended", ProblemType.SECRET_EXPIRED.code())
        .setParameter("revoked", ProblemType.KEY_REVOKED.code())
        .setParameter("expired", ProblemType.KEY_EXPIRED.code())
        .setParameter("most", MOST_ADDRESSES)
        .getResultList();
  }
}
