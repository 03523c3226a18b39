package io.keyturn.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Caller;
import io.keyturn.access.Restrictions;
import io.keyturn.organisation.OrganisationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever comes, what is kept in memory stays within bounds. */
class QuotasTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  private static Caller caller() {
    return new Caller(
        OrganisationId.random(),
        "demo",
        "Demo",
        ApiKeyId.random(),
        "ERP",
        "live",
        Set.of(),
        1,
        NOW,
        NOW,
        Restrictions.NONE);
  }

  @Test
  void quotasOfTooManyKeysAreForgotten() {
    Quotas quotas = new Quotas();
    for (int i = 0; i < Quotas.MOST + 20_000; i++) {
      quotas.take(caller(), new RecordedUse(null, null, null), NOW);
    }

    assertThat(quotas.size()).isEqualTo(Quotas.MOST);
  }

  @Test
  void quotasOfKeysThatRestAreForgottenAndThoseOfOthersAreNot() {
    Quotas quotas = new Quotas();
    Caller rests = caller();
    Caller used = caller();
    RecordedUse nothing = new RecordedUse(null, null, null);
    assertThat(quotas.look(rests, nothing, NOW).accepted()).isTrue();
    quotas.note(used, nothing, NOW);

    quotas.forget(Duration.ofMinutes(10));
    assertThat(quotas.keys()).hasSize(2);
    quotas.forget(Duration.ZERO);

    assertThat(quotas.keys()).containsExactly(used.keyId());
  }
}
