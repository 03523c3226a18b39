package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is narrower than a key, by many pairs of keys. */
class GrantorTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final List<String> NETWORKS =
      List.of("", "192.0.2.0/24", "192.0.2.7", "192.0.2.0/24 2001:db8::/32", "2001:db8::/48");
  private static final UUID BERLIN = new UUID(1, 1);
  private static final UUID MUNICH = new UUID(1, 2);
  private static final List<String> LOCATIONS =
      List.of("", "", BERLIN.toString(), MUNICH.toString(), BERLIN + " " + MUNICH);
  private static final List<Scope> SCOPES =
      List.of(Scope.SUPPLIERS_READ, Scope.SUPPLIERS_WRITE, Scope.API_KEYS_MANAGE);

  private final Random random = new Random(11);

  private @Nullable Integer limit() {
    return random.nextInt(10) < 7 ? null : 1 + random.nextInt(3);
  }

  private ApiKey some() {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    SCOPES.stream().filter(s -> random.nextBoolean()).forEach(scopes::add);
    Integer perMinute = limit();
    Restrictions restrictions =
        new Restrictions(
            Networks.parse(NETWORKS.get(random.nextInt(NETWORKS.size()))),
            perMinute,
            perMinute == null ? null : limit(),
            limit(),
            LocationLimit.parse(LOCATIONS.get(random.nextInt(LOCATIONS.size()))));
    Integer end = limit();
    return new ApiKey(
        OrganisationId.random(),
        new NewApiKey(
            "a",
            random.nextBoolean() ? "live" : "test",
            scopes,
            RefreshPolicy.DEFAULT,
            restrictions,
            end == null ? null : NOW.plusSeconds(end)),
        null,
        "creator",
        NOW);
  }

  private static Grantor grantor(ApiKey key) {
    KeyGrant granted = key.granted();
    return Grantor.key(
        new ApiKeyRow(
            key.id(),
            key.name(),
            key.environment(),
            granted.scopes(),
            null,
            1,
            null,
            NOW,
            "creator",
            86_400,
            3_600,
            NOW,
            null,
            null,
            null,
            key.expiresAt(),
            key.expired(NOW),
            null,
            0,
            null,
            granted.networks(),
            granted.requestsPerMinute(),
            granted.burst(),
            granted.requestsPerDay(),
            granted.locations()));
  }

  private static boolean given(ApiKey grantor, ApiKey other) {
    try {
      grantor(grantor).refuseSecretOf(other);
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  /** What a key may do that another may not, said once more and otherwise. */
  private static boolean maySomethingMore(ApiKey key, ApiKey than) {
    return !than.scopes().containsAll(key.scopes())
        || key.environment().equals("live") && than.environment().equals("test")
        || List.of("192.0.2.7", "192.0.2.8", "2001:db8::1", "2001:db8:1::1", "198.51.100.1")
            .stream()
            .anyMatch(a -> networks(key).admits(a) && !networks(than).admits(a))
        || List.of(List.<UUID>of(), List.of(BERLIN), List.of(MUNICH)).stream()
            .anyMatch(
                l ->
                    key.granted().restrictions().locations().admits(l)
                        && !than.granted().restrictions().locations().admits(l))
        || more(key.granted().requestsPerMinute(), than.granted().requestsPerMinute())
        || than.granted().requestsPerMinute() != null
            && key.granted().restrictions().capacity() > than.granted().restrictions().capacity()
        || more(key.granted().requestsPerDay(), than.granted().requestsPerDay())
        || than.expiresAt() != null
            && (key.expiresAt() == null || key.expiresAt().isAfter(than.expiresAt()));
  }

  private static Networks networks(ApiKey key) {
    return Networks.parse(key.granted().networks());
  }

  private static boolean more(@Nullable Integer limit, @Nullable Integer than) {
    return than != null && (limit == null || limit > than);
  }

  @Test
  void secretIsGivenExactlyWhereItsKeyMayDoNothingMore() {
    int given = 0;
    for (int i = 0; i < 5_000; i++) {
      ApiKey grantor = some();
      ApiKey other = some();

      assertThat(given(grantor, other))
          .as("%s asks for %s", grantor.granted(), other.granted())
          .isEqualTo(!maySomethingMore(other, grantor));
      given += given(grantor, other) ? 1 : 0;
    }
    assertThat(given).isBetween(200, 4_800);
  }

  @Test
  void secretsTakenOneAfterAnotherNeverGiveMore() {
    int chains = 0;
    for (int i = 0; i < 40_000; i++) {
      ApiKey first = some();
      ApiKey second = some();
      ApiKey third = some();
      if (given(first, second) && given(second, third)) {
        assertThat(given(first, third)).isTrue();
        chains++;
      }
    }
    assertThat(chains).isGreaterThan(10);
  }

  @Test
  void keyIsAlwaysGivenItsOwnSecret() {
    for (int i = 0; i < 1_000; i++) {
      ApiKey key = some();
      assertThat(given(key, key)).isTrue();
    }
  }
}
