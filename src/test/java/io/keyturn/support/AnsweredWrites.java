package io.keyturn.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that create, refresh and revoke keys over HTTP until the server is gone, and what they
 * were answered.
 */
public final class AnsweredWrites {
  private static final int CLIENTS = 4;
  private static final int SECRETS_TRIED = 40;

  /** The last that was answered of a key. */
  private record Written(String secret, int number, boolean revoked) {}

  /** A key for each client: one key alone may not call as often as the clients do. */
  private final List<Manager> managers = new ArrayList<>();

  private final String organisation;
  private final Map<String, Written> answered = new ConcurrentHashMap<>();

  /** Keys with a request that was sent, and of whose answer nothing is known. */
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  private final AtomicInteger count = new AtomicInteger();
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final List<Future<?>> ends = new ArrayList<>();

  public AnsweredWrites(KeyturnServer server) {
    organisation = server.control().organisation();
    for (int i = 0; i < CLIENTS; i++) {
      managers.add(new Manager(server, organisation, Manager.ALL));
    }
  }

  /** How many writes were answered so far. */
  public int count() {
    return count.get();
  }

  public void begin() {
    for (Manager manager : managers) {
      ends.add(clients.submit(() -> client(manager)));
    }
  }

  /** Waits for the clients, whose server is gone; fails when any was answered anything unusual. */
  public void end() throws Exception {
    clients.shutdown();
    assertThat(clients.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
    for (Future<?> end : ends) {
      end.get();
    }
  }

  private void client(Manager manager) {
    try {
      for (int round = 0; ; round++) {
        JsonObject created = manager.create("key " + UUID.randomUUID());
        String id = created.getJsonObject("api_key").getString("id");
        write(id, new Written(created.getString("secret"), 1, false));
        for (int number = 1; number <= round % 4; number++) {
          open.add(id);
          Answer refreshed =
              manager.post("/" + id + "/refresh", "{\"replaces\":%d}".formatted(number));
          write(id, new Written(Manager.ok(refreshed, 200).getString("secret"), number + 1, false));
        }
        if (round % 3 == 0) {
          open.add(id);
          Manager.ok(manager.post("/" + id + "/revoke", "{}"), 200);
          Written last = Objects.requireNonNull(answered.get(id));
          write(id, new Written(last.secret(), last.number(), true));
        }
      }
    } catch (AssertionError e) {
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
    }
  }

  private void write(String id, Written written) {
    answered.put(id, written);
    open.remove(id);
    count.incrementAndGet();
  }

  /** The answered writes that the server no longer knows. */
  public List<String> lost(KeyturnServer server) {
    Map<String, JsonObject> rows = new ConcurrentHashMap<>();
    for (JsonObject row :
        server
            .control()
            .sql(
                """
                SELECT k.id, k.current_number AS number,
                  CASE WHEN k.revoked_at IS NULL THEN 'no' ELSE 'yes' END AS revoked
                FROM api_key k JOIN organisation o ON o.id = k.organisation_id
                WHERE o.domain = '%s'
                """
                    .formatted(organisation))) {
      rows.put(row.getString("id"), row);
    }
    List<String> lost = new ArrayList<>();
    answered.forEach(
        (id, written) -> {
          JsonObject row = rows.get(id);
          if (row == null) {
            lost.add("creation of " + id);
          } else if (Integer.parseInt(row.getString("number")) < written.number()) {
            lost.add("refresh of " + id);
          } else if (written.revoked() && row.getString("revoked").equals("no")) {
            lost.add("revocation of " + id);
          }
        });
    return lost;
  }

  /** Some of the secrets that were answered last, and are not accepted; revoked ones that are. */
  public List<String> wrong(KeyturnServer server) {
    List<String> wrong = new ArrayList<>();
    answered.entrySet().stream()
        .filter(entry -> !open.contains(entry.getKey()))
        .limit(SECRETS_TRIED)
        .forEach(
            entry -> {
              Answer me = server.api().me(entry.getValue().secret());
              if (entry.getValue().revoked()
                  ? !me.body().contains("key_revoked")
                  : me.status() != 200) {
                wrong.add(entry + ": " + me.body());
              }
            });
    return wrong;
  }
}
