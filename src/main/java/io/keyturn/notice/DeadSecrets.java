package io.keyturn.notice;

import io.keyturn.access.ApiKeyId;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.requestlog.RequestLog;
import io.keyturn.requestlog.RequestLog.DeadSecretUse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes notices of secrets that no longer work and are used from a network from which their key was
 * never used: perhaps somebody has found an old secret. It reads the request log, which requests
 * fill anyway. Whoever has an old secret can send it from any number of networks, so that the
 * number of notices in a day is bounded for each key and for the organisation.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class DeadSecrets {
  /** So many networks of a key are named in a day. Then one notice says that there are more. */
  static final int NETWORKS_A_DAY = 3;

  /** So many notices of an organisation's keys there are in a day. */
  static final int NOTICES_A_DAY = 20;

  @Inject private NoticeWriter writer;
  @Inject private RequestLog requests;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** What was sent since a time, by organisation. */
  Map<OrganisationId, List<DeadSecretUse>> since(Instant time) {
    return requests.deadSecrets(time).stream()
        .collect(Collectors.groupingBy(DeadSecretUse::organisationId));
  }

  /** Tells of the uses in one organisation, unless another node writes notices of it right now. */
  void tell(OrganisationId organisationId, List<DeadSecretUse> uses) {
    if (writer.begin(organisationId) == null) {
      return;
    }
    SortedMap<ApiKeyId, Set<String>> networks = new TreeMap<>();
    for (DeadSecretUse use : uses) {
      networks
          .computeIfAbsent(use.key(), key -> new TreeSet<>())
          .add(Networks.around(use.address()));
    }
    Instant now = clock.instant();
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    long room = NOTICES_A_DAY - told(organisationId, null, today);
    List<News> all = new ArrayList<>();
    for (Map.Entry<ApiKeyId, Set<String>> key : networks.entrySet()) {
      List<News> some = news(organisationId, key.getKey(), key.getValue(), now);
      all.addAll(some.subList(0, (int) Math.max(0, Math.min(some.size(), room - all.size()))));
    }
    writer.write(organisationId, all);
  }

  private List<News> news(
      OrganisationId organisationId, ApiKeyId key, Set<String> networks, Instant now) {
    Object[] row =
        entities
            .createQuery(
                "select k.name, k.creator.createdBy from ApiKey k where k.id = :key"
                    + " and k.organisationId = :organisation",
                Object[].class)
            .setParameter("key", key)
            .setParameter("organisation", organisationId)
            .getSingleResultOrNull();
    if (row == null) {
      return List.of();
    }
    networks.removeAll(known(key));
    Set<String> named = named(organisationId, key);
    networks.removeAll(named);
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    long room = NETWORKS_A_DAY - told(organisationId, key, today);
    List<News> some = new ArrayList<>();
    for (String network : networks) {
      boolean fits = some.size() < room;
      String what = fits ? network : "more/" + today;
      // What was told already must not take the room of what was not.
      if (!named.contains(what)) {
        some.add(
            new News(
                NoticeKind.DEAD_SECRET_USED,
                cause(key) + what,
                now,
                key.value(),
                String.valueOf(row[0]),
                (UUID) row[1],
                null,
                fits ? Map.of("network", network) : Map.of()));
      }
      if (!fits) {
        break;
      }
    }
    return some;
  }

  private static String cause(ApiKeyId key) {
    return "dead/" + key + "/";
  }

  /** The networks from which secrets of the key were accepted. */
  private Set<String> known(ApiKeyId key) {
    return entities
        .createQuery(
            "select distinct s.address from ClientSighting s where s.apiKeyId = :key"
                + " and s.accepted > 0",
            String.class)
        .setParameter("key", key)
        .getResultStream()
        .map(Networks::around)
        .collect(Collectors.toSet());
  }

  /** The networks that people were told of. */
  private Set<String> named(OrganisationId organisationId, ApiKeyId key) {
    int start = cause(key).length();
    return entities
        .createQuery(
            "select n.cause from Notice n where n.organisationId = :organisation and n.kind ="
                + " DEAD_SECRET_USED and n.subjectId = :key",
            String.class)
        .setParameter("organisation", organisationId)
        .setParameter("key", key.value())
        .getResultStream()
        .map(cause -> cause.substring(start))
        .collect(Collectors.toSet());
  }

  private long told(OrganisationId organisationId, @Nullable ApiKeyId key, Instant since) {
    return entities
        .createQuery(
            "select count(n) from Notice n where n.organisationId = :organisation and n.kind ="
                + " DEAD_SECRET_USED and n.at >= :since and (:all = true or n.subjectId = :key)",
            Long.class)
        .setParameter("organisation", organisationId)
        .setParameter("since", since)
        .setParameter("all", key == null)
        .setParameter("key", key == null ? organisationId.value() : key.value())
        .getSingleResult();
  }
}
