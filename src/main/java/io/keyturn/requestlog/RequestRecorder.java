package io.keyturn.requestlog;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Operator;
import io.keyturn.database.Chunks;
import io.keyturn.database.WriteTimer.WriteTime;
import io.keyturn.http.ClientAddress;
import io.keyturn.organisation.HostNames;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.Problem;
import io.keyturn.problem.RequestId;
import io.keyturn.usage.CredentialNumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records the requests of the API. Requests note it in memory; it is written every five seconds. A
 * note never blocks a request, and never fails it. A crash loses at most those five seconds.
 */
@ApplicationScoped
public class RequestRecorder {
  private static final Logger LOG = Logger.getLogger(RequestRecorder.class.getName());
  private static final int AT_ONCE = 500;

  /** How much of its bound an organisation may write before the bound is looked at again. */
  private static final int PART = 50;

  /** A node deletes so many chunks of rows at a time at most, so that it soon writes again. */
  private static final int CHUNKS = 100;

  private static final String USER_AGENT = "User-Agent";
  private static final int LONGEST_AGENT = 400;

  @Inject private Clock clock;
  @Inject private HostNames hosts;
  @Inject private RequestLogSettings settings;
  @Inject private RequestRows rows;

  private final RequestNotes notes = new RequestNotes();
  private final ConcurrentMap<OrganisationId, Long> leftOut = new ConcurrentHashMap<>();

  /**
   * How many rows this node wrote since it looked at an organisation's bound. Only the timer uses
   * it.
   */
  private final Map<OrganisationId, Integer> written = new HashMap<>();

  private volatile boolean failing;

  /**
   * Notes a request that was answered.
   *
   * @param nanos how long it took, in nanoseconds
   */
  void note(HttpServletRequest request, int status, long nanos) {
    try {
      if (settings.rows() > 0) {
        noteSafely(request, status, nanos);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "a request could not be noted", e);
    }
  }

  private void noteSafely(HttpServletRequest request, int status, long nanos) {
    Object sent = request.getAttribute(CredentialNumber.PROPERTY);
    if (sent instanceof CredentialNumber known) {
      note(
          request,
          status,
          nanos,
          new NotedRequest.OfKey(known.organisationId()),
          known.keyId(),
          known.number());
    } else if (request.getAttribute(RenewingKey.PROPERTY) instanceof RenewingKey renewing) {
      note(
          request,
          status,
          nanos,
          new NotedRequest.OfKey(renewing.organisationId()),
          renewing.keyId(),
          0);
    } else if (!ofOperator(request)) {
      Optional<String> label = hosts.label(request);
      if (label.isPresent()) {
        note(request, status, nanos, new NotedRequest.OfHost(label.get()), null, 0);
      }
    }
  }

  /** What the operator does concerns no organisation. */
  private static boolean ofOperator(HttpServletRequest request) {
    return request.getAttribute(Route.PROPERTY) instanceof Method route
        && route.isAnnotationPresent(Operator.class);
  }

  private void note(
      HttpServletRequest request,
      int status,
      long nanos,
      NotedRequest.Owner owner,
      @Nullable ApiKeyId key,
      int number) {
    Share share = Share.of(key, status);
    if (notes.admits(owner, share)) {
      notes.add(
          new NotedRequest(
              owner,
              key,
              number,
              share,
              RequestId.of(request),
              clock.millis(),
              nanos,
              request.getMethod(),
              request.getAttribute(Route.PROPERTY) instanceof Method route ? route : null,
              status,
              request.getAttribute(Problem.ATTRIBUTE) instanceof Problem problem ? problem : null,
              ClientAddress.of(request),
              agent(request)));
    }
  }

  private static @Nullable String agent(HttpServletRequest request) {
    String agent = request.getHeader(USER_AGENT);
    return agent != null && agent.length() > LONGEST_AGENT
        ? agent.substring(0, LONGEST_AGENT)
        : agent;
  }

  /** How many requests of an organisation's keys this node has left out since it started. */
  public long leftOut(OrganisationId organisationId) {
    return leftOut.getOrDefault(organisationId, 0L);
  }

  void writeNow(@Observes WriteTime now) {
    RequestNotes.Taken taken = notes.take();
    taken.leftOutOf().forEach((owner, count) -> leftOut.merge(owner, (long) count, Long::sum));
    if (taken.leftOut() > 0) {
      LOG.log(
          Level.FINE,
          "requests that came faster than the request log is written: {0}",
          taken.leftOut());
    }
    try {
      write(taken.notes());
      deleteOldRows();
      failing = false;
    } catch (RuntimeException | Error e) {
      LOG.log(failing ? Level.FINE : Level.WARNING, "the request log could not be written", e);
      failing = true;
    }
  }

  /** Writes notes. A failure is tried again once. */
  private void write(List<NotedRequest> taken) {
    int done = 0;
    try {
      for (List<NotedRequest> some : Chunks.of(taken, AT_ONCE)) {
        rows.write(some).forEach((owner, count) -> written.merge(owner, count, Integer::sum));
        done += some.size();
      }
    } catch (RuntimeException e) {
      List<NotedRequest> unwritten = taken.subList(done, taken.size());
      int lost = failing ? unwritten.size() : notes.putBack(unwritten);
      if (lost > 0) {
        LOG.log(Level.WARNING, "requests that are not in the request log: {0}", lost);
      }
      throw e;
    }
  }

  private void deleteOldRows() {
    some(rows::deleteOld);
    int part = Math.max(1, settings.rows() / PART);
    for (OrganisationId owner : List.copyOf(written.keySet())) {
      if (written.getOrDefault(owner, 0) >= part) {
        written.put(owner, 0);
        for (Share share : Share.values()) {
          Instant end = rows.surplus(owner, share, share.rows(settings.rows()));
          if (end != null) {
            some(() -> rows.delete(owner, share, end));
          }
        }
      }
    }
  }

  private static void some(BooleanSupplier deletes) {
    for (int chunk = 0; chunk < CHUNKS && deletes.getAsBoolean(); chunk++) {
      LOG.log(Level.FINER, "rows of the request log were deleted");
    }
  }
}
