package io.keyturn.usage;

import io.keyturn.access.ApiKeyId;
import io.keyturn.database.Chunks;
import io.keyturn.database.WriteTimer.WriteTime;
import io.keyturn.quota.KeyQuota.Unwritten;
import io.keyturn.quota.QuotaRows;
import io.keyturn.quota.Quotas;
import io.keyturn.usage.ClientCounts.Count;
import io.keyturn.usage.HourCounts.Answers;
import io.keyturn.usage.HourCounts.KeyHour;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Records how often each key is used, by which clients and with what success. Requests note it in
 * memory; it is written every five seconds. A crash loses at most those five seconds.
 */
@ApplicationScoped
public class UsageRecorder {
  private static final Logger LOG = Logger.getLogger(UsageRecorder.class.getName());
  private static final int AT_ONCE = 500;

  /** How long at least a key that is not used stays in the exchange. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  @Inject private Clock clock;
  @Inject private Quotas quotas;
  @Inject private QuotaRows quotaRows;
  @Inject private ClientRows rows;
  @Inject private HourRows hourRows;
  @Inject private Event<RetiredSecretsUsed> retiredUsed;

  private final ClientCounts clients = new ClientCounts();
  private final HourCounts hours = new HourCounts();
  private final Set<CredentialNumber> late = ConcurrentHashMap.newKeySet();
  private volatile boolean failing;

  /** Notes that a secret was accepted just now. */
  public void accepted(CredentialNumber credential, Client client) {
    clients.note(credential, client, true, clock.instant());
  }

  /** Notes that a retired secret was accepted just now, shortly before its end. */
  public void acceptedLate(CredentialNumber credential) {
    if (late.size() < ClientCounts.MOST_CREDENTIALS) {
      late.add(credential);
    }
  }

  /** Notes that somebody came just now with a secret that has ended, or from a wrong network. */
  public void refused(CredentialNumber credential, Client client) {
    clients.note(credential, client, false, clock.instant());
  }

  /** Notes the status of the answer just now to a request with a key's secret. */
  public void answered(CredentialNumber credential, int status) {
    hours.note(credential.keyId(), clock.instant(), status);
  }

  void writeNow(@Observes WriteTime now) {
    write();
  }

  /** Writes what was noted since the last time. A failure is logged, and tried again once. */
  public void write() {
    try {
      exchangeQuotas();
      writeClients();
      writeHours();
      tellOfLateUse();
      failing = false;
    } catch (RuntimeException | Error e) {
      LOG.log(failing ? Level.FINE : Level.WARNING, "the use of keys could not be written", e);
      failing = true;
    }
  }

  /** Writes what this node accepted, and reads what all nodes accepted. */
  private void exchangeQuotas() {
    List<Map.Entry<ApiKeyId, Unwritten>> unwritten = List.copyOf(quotas.unwritten().entrySet());
    for (List<Map.Entry<ApiKeyId, Unwritten>> some : Chunks.of(unwritten, AT_ONCE)) {
      SortedMap<ApiKeyId, Unwritten> chunk = new TreeMap<>();
      some.forEach(entry -> chunk.put(entry.getKey(), entry.getValue()));
      quotaRows.write(chunk);
      quotas.written(chunk);
    }
    for (List<ApiKeyId> some : Chunks.of(quotas.keys(), AT_ONCE)) {
      quotas.exchange(quotaRows.read(some), clock.instant());
    }
    quotas.forget(REMEMBERED);
  }

  private void writeClients() {
    SortedMap<CredentialNumber, SortedMap<Client, Count>> rest = clients.take();
    try {
      while (!rest.isEmpty()) {
        SortedMap<CredentialNumber, SortedMap<Client, Count>> some = new TreeMap<>();
        rest.entrySet().stream()
            .limit(AT_ONCE)
            .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
        rows.called(some);
        rest.keySet().removeAll(some.keySet());
      }
    } catch (RuntimeException e) {
      if (!failing) {
        clients.putBack(rest);
      }
      throw e;
    }
  }

  private void writeHours() {
    SortedMap<KeyHour, Answers> taken = hours.take();
    try {
      for (List<KeyHour> some : Chunks.of(List.copyOf(taken.keySet()), AT_ONCE)) {
        SortedMap<KeyHour, Answers> chunk = new TreeMap<>();
        some.forEach(hour -> chunk.put(hour, taken.getOrDefault(hour, Answers.NONE)));
        hourRows.write(chunk);
        taken.keySet().removeAll(some);
      }
    } catch (RuntimeException e) {
      if (!failing) {
        hours.putBack(taken);
      }
      throw e;
    }
  }

  private void tellOfLateUse() {
    Set<CredentialNumber> rest = new TreeSet<>(late);
    late.removeAll(rest);
    try {
      for (List<CredentialNumber> some : Chunks.of(List.copyOf(rest), AT_ONCE)) {
        retiredUsed.fire(new RetiredSecretsUsed(some));
        some.forEach(rest::remove);
      }
    } catch (RuntimeException e) {
      if (!failing) {
        rest.forEach(this::acceptedLate);
      }
      throw e;
    }
  }
}
