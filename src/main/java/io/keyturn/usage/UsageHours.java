package io.keyturn.usage;

import io.keyturn.access.ApiKeyId;
import io.keyturn.database.InList;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers to keys' requests, counted by hour. Some seconds late; remembered for 30 days. */
@ApplicationScoped
@Transactional
public class UsageHours {
  /** How long an hour is remembered. */
  public static final Duration REMEMBERED = Duration.ofDays(30);

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** A period from an instant until just before another instant. */
  public record Window(Instant from, Instant to) {}

  /**
   * A period of whole hours.
   *
   * @param from null for a day before the end
   * @param to null for the end of the current hour
   * @throws ProblemException 422 naming {@code from} when it is not before the end, or more than 31
   *     days before it
   */
  public Window window(@Nullable Instant from, @Nullable Instant to) {
    Instant end = up(to == null ? clock.instant() : to);
    Instant begin = from == null ? end.minus(DAY) : from.truncatedTo(ChronoUnit.HOURS);
    if (!begin.isBefore(end) || begin.isBefore(end.minus(LONGEST))) {
      throw ProblemException.invalid("from", "must be before to, by at most 31 days");
    }
    return new Window(begin, end);
  }

  /**
   * A period of the last days.
   *
   * @param days 1 for the last 24 hours, otherwise whole days including today
   * @param zone whose days they are
   */
  public Window ofDays(int days, ZoneId zone) {
    if (days == 1) {
      return window(null, null);
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    // An hour of UTC belongs to the day in which it begins, where a zone is half an hour off.
    return new Window(
        up(today.minusDays(days - 1L).atStartOfDay(zone).toInstant()),
        today.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private static Instant up(Instant time) {
    Instant hour = time.truncatedTo(ChronoUnit.HOURS);
    return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
  }

  /** The hours in which a key had requests, the earliest first. */
  public List<UsageHour> of(OrganisationId organisationId, ApiKeyId keyId, Window window) {
    return entities
        .createQuery(
            "select h from UsageHour h where h.organisationId = :organisation"
                + " and h.apiKeyId = :key and h.hourAt >= :from and h.hourAt < :to"
                + " order by h.hourAt",
            UsageHour.class)
        .setParameter("organisation", organisationId)
        .setParameter("key", keyId)
        .setParameter("from", window.from())
        .setParameter("to", window.to())
        .getResultList();
  }

  /**
   * How many requests keys had on each of the last days, today's last.
   *
   * @param days more than 1
   * @param zone whose days they are
   * @return nothing for a key without requests in these days
   */
  public Map<ApiKeyId, long[]> daily(
      OrganisationId organisationId, Collection<ApiKeyId> keys, int days, ZoneId zone) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Window window = ofDays(days, zone);
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    TypedQuery<Object[]> query =
        entities.createQuery(
            "select h.apiKeyId, h.hourAt, h.of2xx + h.of3xx + h.of4xx + h.of5xx from UsageHour h"
                + " where h.organisationId = :organisation and h.hourAt >= :from"
                + " and h.hourAt < :to and h.apiKeyId in "
                + InList.of("key", keys.size()),
            Object[].class);
    Map<ApiKeyId, long[]> counts = new HashMap<>();
    InList.set(query, "key", keys)
        .setParameter("organisation", organisationId)
        .setParameter("from", window.from())
        .setParameter("to", window.to())
        .getResultList()
        .forEach(
            row -> {
              LocalDate day = LocalDate.ofInstant((Instant) row[1], zone);
              long ago = Math.max(0, ChronoUnit.DAYS.between(day, today));
              counts
                      .computeIfAbsent((ApiKeyId) row[0], key -> new long[days])[
                      days - 1 - (int) ago] +=
                  (long) row[2];
            });
    return counts;
  }

  /** Deletes hours that are remembered no longer. */
  public int forget() {
    return entities
        .createQuery("delete from UsageHour h where h.hourAt < :before")
        .setParameter("before", clock.instant().minus(REMEMBERED))
        .executeUpdate();
  }
}
