package io.keyturn.requestlog;

import io.keyturn.access.ApiKeyId;
import io.keyturn.database.BulkTable;
import io.keyturn.database.InList;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.Problem;
import io.keyturn.problem.SecretText;
import io.keyturn.requestlog.NotedRequest.OfHost;
import io.keyturn.requestlog.NotedRequest.OfKey;
import io.keyturn.requestlog.NotedRequest.Owner;
import io.keyturn.usage.Client;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes and deletes the rows of the request log, in batches. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class RequestRows {
  /** How many rows a transaction deletes, so that it is short. */
  static final int CHUNK = 1_000;

  private static final int LONGEST_DETAIL = 500;
  private static final long NANOS_IN_MICRO = 1_000;

  private static final BulkTable<Row> TABLE =
      BulkTable.<Row>named("api_request")
          .uuid("request_id", row -> UUID.fromString(row.note().requestId()))
          .uuid("organisation_id", row -> row.owner().value())
          .integer("share", row -> row.note().share().ordinal())
          .time("at", row -> Instant.ofEpochMilli(row.note().at()))
          .uuid("api_key_id", row -> key(row.note().key()))
          .integer("credential_number", row -> number(row.note().number()))
          .text("method", row -> Route.method(row.note().method()))
          .text("path", row -> Route.template(row.note().route()))
          .integer("status", row -> row.note().status())
          .text("code", row -> code(row.note().problem()))
          .text("detail", row -> detail(row.note().problem()))
          .text("members", row -> members(row.note().problem()))
          .bigint("micros", row -> row.note().nanos() / NANOS_IN_MICRO)
          .text("address", row -> row.client().address())
          .text("user_agent", row -> row.client().userAgent());

  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** A note and the organisation to which it belongs. */
  private record Row(OrganisationId owner, NotedRequest note, Client client) {}

  /**
   * Writes notes of organisations that exist.
   *
   * @return how many rows were written of each organisation
   */
  Map<OrganisationId, Integer> write(List<NotedRequest> notes) {
    Map<Owner, OrganisationId> owners = owners(notes);
    Map<Client, Client> clients = new HashMap<>();
    Map<OrganisationId, Integer> counts = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (NotedRequest note : notes) {
      OrganisationId owner = owners.get(note.owner());
      if (owner != null) {
        // Most requests come from few clients.
        String agent = note.userAgent() == null ? "" : note.userAgent();
        rows.add(
            new Row(
                owner,
                note,
                clients.computeIfAbsent(
                    new Client(note.address(), agent), RequestRows::printable)));
        counts.merge(owner, 1, Integer::sum);
      }
    }
    TABLE.insert(entities, rows);
    return counts;
  }

  private static Client printable(Client sent) {
    return Client.of(Networks.readable(sent.address()), sent.userAgent());
  }

  /** The organisations that exist, by what the notes say of them. */
  private Map<Owner, OrganisationId> owners(List<NotedRequest> notes) {
    Set<OrganisationId> ids = new HashSet<>();
    Set<String> labels = new HashSet<>();
    for (NotedRequest note : notes) {
      if (note.owner() instanceof OfKey owner) {
        ids.add(owner.id());
      } else if (note.owner() instanceof OfHost owner) {
        labels.add(owner.label());
      }
    }
    Map<Owner, OrganisationId> owners = new HashMap<>();
    for (Object[] row : organisations("id", ids)) {
      owners.put(new OfKey((OrganisationId) row[0]), (OrganisationId) row[0]);
    }
    for (Object[] row : organisations("domain", labels)) {
      owners.put(new OfHost((String) row[1]), (OrganisationId) row[0]);
    }
    return owners;
  }

  private List<Object[]> organisations(String column, Set<?> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    TypedQuery<Object[]> query =
        entities.createQuery(
            "select o.id, o.domain from Organisation o where o."
                + column
                + " in "
                + InList.of("value", values.size()),
            Object[].class);
    return InList.set(query, "value", values).getResultList();
  }

  private static @Nullable UUID key(@Nullable ApiKeyId key) {
    return key == null ? null : key.value();
  }

  private static @Nullable Integer number(int number) {
    return number == 0 ? null : number;
  }

  private static @Nullable String code(@Nullable Problem problem) {
    return problem == null ? null : problem.type().code();
  }

  private static @Nullable String members(@Nullable Problem problem) {
    return problem == null ? null : FurtherMembers.of(problem);
  }

  /** A detail may repeat what the client sent, such as the name of an unknown member. */
  private static @Nullable String detail(@Nullable Problem problem) {
    if (problem == null) {
      return null;
    }
    String detail = SecretText.hidden(problem.detail());
    if (detail.length() <= LONGEST_DETAIL) {
      return detail;
    }
    int end = LONGEST_DETAIL - 1;
    return detail.substring(0, Character.isHighSurrogate(detail.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }

  /**
   * Deletes some of the rows that are too old.
   *
   * @return whether there may be more
   */
  boolean deleteOld() {
    Instant before = clock.instant().minus(RequestLog.REMEMBERED);
    return deleteSome("r.at <= :latest", "r.at", q -> q, before);
  }

  /**
   * The time of the newest row of a share that is beyond its bound.
   *
   * @return null where no row is
   */
  @Nullable Instant surplus(OrganisationId owner, Share share, int bound) {
    return one(
        entities
            .createQuery(
                "select r.at from ApiRequest r where r.organisationId = :owner and r.share = :share"
                    + " order by r.organisationId desc, r.share desc, r.at desc",
                Instant.class)
            .setParameter("owner", owner)
            .setParameter("share", share.ordinal())
            .setFirstResult(bound));
  }

  /**
   * Deletes some of the rows of a share, the oldest first.
   *
   * @param end the time of the last row to delete
   * @return whether there may be more
   */
  boolean delete(OrganisationId owner, Share share, Instant end) {
    return deleteSome(
        "r.organisationId = :owner and r.share = :share and r.at <= :latest",
        "r.organisationId, r.share, r.at",
        query -> query.setParameter("owner", owner).setParameter("share", share.ordinal()),
        end);
  }

  /** Deletes from the oldest row on, in the order of an index, so that nodes do not deadlock. */
  private boolean deleteSome(
      String condition, String order, UnaryOperator<jakarta.persistence.Query> bind, Instant end) {
    TypedQuery<Instant> last =
        entities.createQuery(
            "select r.at from ApiRequest r where " + condition + " order by " + order,
            Instant.class);
    bind.apply(last).setParameter("latest", end);
    Instant chunk = one(last.setFirstResult(CHUNK - 1));
    bind.apply(entities.createQuery("delete from ApiRequest r where " + condition))
        .setParameter("latest", chunk == null ? end : chunk)
        .executeUpdate();
    return chunk != null && chunk.isBefore(end);
  }

  private static @Nullable Instant one(TypedQuery<Instant> query) {
    List<Instant> found = query.setMaxResults(1).getResultList();
    return found.isEmpty() ? null : found.get(0);
  }
}
