package io.keyturn.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Control.Wish;
import io.keyturn.support.GoogleClient;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.NimbusClient;
import io.keyturn.support.OAuthClient;
import io.keyturn.support.RenewalClient;
import io.keyturn.support.SpringClient;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Year;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A year of daily refreshes on a real server whose clock is turned: ten integrations call the API
 * about once an hour and each of their requests must be answered 200. Three renew through OAuth 2.0
 * libraries, three refresh themselves from two replicas each, four are given the new secret by a
 * person once a day, in the grace period. Of the first six no person may do anything in all that
 * time. Every secret is tried again 26 hours after somebody might have read it, and must be dead.
 *
 * <p>What is not as in life: between two events the time jumps, so that the platform's automatic
 * refresh runs each 10 to 20 minutes of that time rather than each minute; and Nimbus and Spring
 * Security read the computer's clock in part, which {@link NimbusClient} and {@link SpringClient}
 * make good.
 */
class YearSimulationIT {
  private static final KeyturnServer SERVER =
      KeyturnServer.named("simulation").on(TestDatabase.current()).start();
  private static final URI SUPPLIERS = SERVER.uri("/api/v1/suppliers?limit=1");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TIME =
      Duration.ofDays(Integer.getInteger("keyturn.simulation.days", 365));

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Year year = new Year(control);
  private final List<Key> alone = new ArrayList<>();
  private final List<Key> served = new ArrayList<>();
  private final List<OAuthClient> clients = new ArrayList<>();
  private long requests;
  private long renewedBySelf;
  private long probes;

  @Test
  void everyIntegrationLivesThroughEveryRefresh() throws IOException {
    renewing("Nimbus", NimbusClient::new);
    renewing("Google", GoogleClient::new);
    renewing("Spring", SpringClient::new);
    for (int i = 1; i <= 3; i++) {
      refreshingItself("self-refreshing " + i);
    }
    for (int i = 1; i <= 4; i++) {
      servedByAPerson("served " + i);
    }
    year.add(
        year.in(10, 20),
        "batch",
        () -> {
          control.refreshDue();
          return year.in(10, 20);
        });
    long stepsBefore = humanSteps(alone);
    long servedBefore = humanSteps(served);

    year.pass(TIME);

    long steps = humanSteps(alone) - stepsBefore;
    report(steps, humanSteps(served) - servedBefore);
    assertThat(year.failures()).isEmpty();
    assertThat(steps).as("human steps for the first six").isZero();
    assertThat(requests).isGreaterThan(13 * 20 * TIME.toDays());
    everyDayBroughtOneSecret(alone);
    everyDayBroughtOneSecret(served);
  }

  /** A key that is created at some time of the day, so that not all turn at once. */
  private Key key(String name) {
    year.turn(year.minutes(5, 120));
    Wish wish = Control.wish().named(name).scopes("suppliers:read api-keys:refresh-self");
    return control.key(wish);
  }

  private void renewing(
      String name, BiFunction<RenewalClient, InstantSource, OAuthClient> library) {
    Key key = key(name);
    alone.add(key);
    OAuthClient client = library.apply(RenewalClient.of(SERVER, key), year);
    clients.add(client);
    year.add(
        year.in(1, 60),
        name,
        () -> {
          called(name, client.get(SUPPLIERS));
          return year.in(20, 100);
        });
    leaking(name, client::token);
  }

  private void refreshingItself(String name) {
    Key key = key(name);
    alone.add(key);
    for (String replica : List.of("a", "b")) {
      Replica one = new Replica(name + replica, key.secret());
      year.add(year.in(1, 60), name + replica, one);
      leaking(name, one::secret);
    }
  }

  /**
   * One of two processes that were started with the same secret and know nothing of each other: in
   * the last hour of its secret, as the header of each answer tells it, it asks for the successor.
   */
  private final class Replica implements Year.Actor {
    private final String name;
    private String secret;
    private Instant renewAt = Instant.MAX;

    Replica(String name, String secret) {
      this.name = name;
      this.secret = secret;
    }

    String secret() {
      return secret;
    }

    @Override
    public Instant act() {
      if (!renewAt.isAfter(year.instant())) {
        renew();
      }
      Answer answer = api.get("/api/v1/suppliers?limit=1", secret);
      called(name, answer.status());
      Instant end = Instant.parse(answer.header("X-API-Key-Expires-At").orElseThrow());
      if (!renewAt.isAfter(year.instant()) || renewAt.equals(Instant.MAX)) {
        renewAt = end.minus(year.minutes(5, 55));
      }
      Instant next = year.in(20, 100);
      return next.isBefore(renewAt) ? next : renewAt;
    }

    private void renew() {
      int number = api.me(secret).json().getInt("secret_number");
      Answer answer =
          api.post(
              "/api/v1/api-keys/self/refresh",
              "application/json",
              "{\"replaces\":" + number + "}",
              "Authorization",
              "Bearer " + secret);
      called(name, answer.status());
      if (answer.status() == 200) {
        secret = answer.json().getString("secret");
        renewedBySelf++;
      }
    }
  }

  private void servedByAPerson(String name) {
    Key key = key(name);
    served.add(key);
    String[] configured = {key.secret()};
    Instant created = key.until().minus(DAY).minus(Duration.ofHours(1));
    int[] day = {1};
    year.add(
        year.in(1, 60),
        name,
        () -> {
          called(name, api.get("/api/v1/suppliers?limit=1", configured[0]).status());
          return year.in(20, 100);
        });
    // The batch may be up to twenty minutes late; the grace period is counted from the due time.
    year.add(
        created.plus(DAY).plus(year.minutes(21, 59)),
        "person of " + name,
        () -> {
          configured[0] = control.reveal(key).secret();
          day[0]++;
          return created.plus(DAY.multipliedBy(day[0])).plus(year.minutes(21, 59));
        });
    leaking(name, () -> configured[0]);
  }

  /** Somebody reads the secret where it should not be, and tries it the next night. */
  private void leaking(String name, Supplier<String> secret) {
    String[] read = {""};
    year.add(
        year.in(60, 120),
        "thief of " + name,
        () -> {
          if (!read[0].isEmpty()) {
            probes++;
            int status = api.me(read[0]).status();
            if (status != 401) {
              year.failed("thief of " + name, "a secret read 26 hours ago gets " + status);
            }
          }
          read[0] = secret.get();
          return year.instant().plus(Duration.ofHours(26));
        });
  }

  private void called(String name, int status) {
    requests++;
    if (status != 200) {
      year.failed(name, "status " + status);
    }
  }

  /** What persons did to these keys, as the audit log has it. */
  private long humanSteps(List<Key> keys) {
    return control
        .sql(
            "SELECT sequence FROM audit_event WHERE actor_type = 'PERSON' AND subject_id IN (%s)"
                .formatted(ids(keys)))
        .size();
  }

  private static String ids(List<Key> keys) {
    return keys.stream().map(k -> "'" + k.id() + "'").collect(Collectors.joining(", "));
  }

  private void everyDayBroughtOneSecret(List<Key> keys) {
    for (Key key : keys) {
      int number =
          Integer.parseInt(
              control
                  .sql("SELECT current_number FROM api_key WHERE id = '" + key.id() + "'")
                  .get(0)
                  .getString("current_number"));
      assertThat(number).as(key.name()).isBetween((int) TIME.toDays(), (int) TIME.toDays() + 2);
      assertThat(
              control.sql(
                  "SELECT sequence FROM audit_event WHERE action = 'API_KEY_REFRESHED'"
                      + " AND subject_id = '"
                      + key.id()
                      + "'"))
          .hasSize(number - 1);
    }
  }

  private void report(long steps, long servedSteps) throws IOException {
    String report =
        """
        Simulation of %d days, ten integrations, 13 processes, database %s
          requests sent                       %d
          failed requests                     %d
          human steps for the first six       %d
          human steps for the four others     %d
          tokens fetched by the libraries     %s
          secrets fetched by self/refresh     %d
          day-old secrets tried, all refused  %d
        """
            .formatted(
                TIME.toDays(),
                TestDatabase.current(),
                requests,
                year.failures().size(),
                steps,
                servedSteps,
                clients.stream()
                    .map(c -> c.getClass().getSimpleName() + " " + c.fetched())
                    .collect(Collectors.joining(", ")),
                renewedBySelf,
                probes);
    System.out.println(report);
    year.failures().forEach(System.out::println);
    Files.writeString(Path.of("target/simulation.txt"), report);
  }
}
