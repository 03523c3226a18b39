package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.support.MemoryDatabase;
import io.keyturn.usage.CredentialNumber;
import io.keyturn.usage.RetiredSecretsUsed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of keys that nobody causes, without a server. */
class KeyNoticesTest {
  private static final KeyDatabase STORED = new KeyDatabase();
  private static final MemoryDatabase DB = STORED.memory;
  private static final KeyNotices NOTICES = new KeyNotices();
  private static final Refreshes REFRESHES = new Refreshes();
  private static final String EXPIRING = "API_KEY_EXPIRING";
  private static final String USED = "API_KEY_RETIRED_SECRET_USED";

  private final OrganisationId organisation = STORED.newOrganisation();

  @BeforeAll
  static void services(@TempDir Path directory) {
    STORED.open(directory, NOTICES, REFRESHES);
  }

  @AfterAll
  static void close() {
    DB.close();
  }

  private ApiKeyId key(String name, @Nullable Instant end) {
    NewApiKey wanted =
        new NewApiKey(
            name,
            "live",
            Set.of(Scope.SUPPLIERS_READ),
            RefreshPolicy.DEFAULT,
            Restrictions.NONE,
            end);
    return DB.in(() -> STORED.keys.create(organisation, wanted, Actor.SYSTEM)).keyId();
  }

  private ApiKeyId keyFor(Duration time) {
    return key("ERP", DB.now().plus(time));
  }

  private static void wake() {
    while (DB.in(NOTICES::expiring) > 0) {
      // All that are due.
    }
  }

  private long told(String action) {
    return DB.events(organisation).stream().filter(action::equals).count();
  }

  private String newest(String action) {
    return DB.value(
            "SELECT details FROM audit_event WHERE action = '%s' AND organisation_id = '%s'"
                    .formatted(action, organisation)
                + " ORDER BY sequence DESC FETCH FIRST 1 ROW ONLY")
        .toString();
  }

  @Test
  void keyIsToldOfOnceAtEachOfItsThreeTimes() {
    keyFor(Duration.ofDays(20));
    wake();
    assertThat(told(EXPIRING)).isZero();

    for (int days : new int[] {14, 3, 1}) {
      long before = told(EXPIRING);
      DB.turnClock(Duration.ofDays(days == 14 ? 6 : days == 3 ? 11 : 2));
      wake();
      wake();
      assertThat(told(EXPIRING)).isEqualTo(before + 1);
      assertThat(newest(EXPIRING)).contains("\"days\":\"" + days + "\"");
    }
    DB.turnClock(Duration.ofDays(1));
    wake();
    assertThat(told(EXPIRING)).isEqualTo(3);
  }

  @Test
  void whatWasMissedIsToldOnce() {
    keyFor(Duration.ofDays(20));
    keyFor2();
    DB.turnClock(Duration.ofDays(18));
    wake();

    assertThat(told(EXPIRING)).isEqualTo(1);
    assertThat(newest(EXPIRING)).contains("\"days\":\"3\"");
  }

  /** Its end passes while no server runs. */
  private void keyFor2() {
    key("short", DB.now().plus(Duration.ofDays(16)));
  }

  @Test
  void keyWhoseEndIsMovedIsToldOfAnew() {
    ApiKeyId id = keyFor(Duration.ofDays(3).plusHours(1));
    DB.turnClock(Duration.ofHours(1));
    wake();
    Instant moved = DB.now().plus(Duration.ofDays(3).plusHours(1));

    DB.run(() -> STORED.locks.lock(organisation, id).planEnd(moved, DB.now()));
    wake();
    assertThat(told(EXPIRING)).isEqualTo(1);
    DB.turnClock(Duration.ofHours(1));
    wake();

    assertThat(told(EXPIRING)).isEqualTo(2);
    assertThat(newest(EXPIRING)).contains(moved.toString());
  }

  @Test
  void revokedKeyAndKeyWithoutEndAreNotToldOf() {
    ApiKeyId revoked = keyFor(Duration.ofDays(20));
    ApiKeyId endless = key("endless", DB.now().plus(Duration.ofDays(20)));
    DB.run(() -> STORED.locks.lock(organisation, revoked).revoke(DB.now()));
    DB.run(() -> STORED.locks.lock(organisation, endless).planEnd(null, DB.now()));
    DB.turnClock(Duration.ofDays(19));
    wake();

    assertThat(told(EXPIRING)).isZero();
  }

  @Test
  void moreKeysThanOneTransactionTakesAreEachToldOf() {
    Instant end = DB.now().plus(Duration.ofDays(20));
    IntStream.range(0, 300).forEach(i -> key("key " + i, end));
    DB.turnClock(Duration.ofDays(6));

    wake();

    assertThat(told(EXPIRING)).isEqualTo(300);
  }

  private void use(ApiKeyId id, int number) {
    CredentialNumber credential = new CredentialNumber(organisation, id, number);
    DB.run(() -> NOTICES.lateUse(new RetiredSecretsUsed(List.of(credential))));
  }

  private void refresh(ApiKeyId id) {
    DB.turnClock(Duration.ofHours(24));
    DB.run(() -> REFRESHES.refreshDue(STORED.locks.lock(organisation, id), DB.now()));
  }

  @Test
  void useOfARetiredSecretIsToldOfOnceForEachCredential() {
    ApiKeyId id = key("ERP", null);
    refresh(id);

    use(id, 1);
    use(id, 1);
    assertThat(told(USED)).isEqualTo(1);
    assertThat(newest(USED)).contains("\"number\":\"1\"").contains("\"accepted_until\":\"2026-");

    refresh(id);
    use(id, 2);
    assertThat(told(USED)).isEqualTo(2);
    assertThat(newest(USED)).contains("\"number\":\"2\"");
  }

  /** Another change of the row that has read it before must not bring the event back. */
  @Test
  void changeOfTheRowAtTheSameTimeDoesNotMakeItUntold() {
    ApiKeyId id = key("ERP", null);
    refresh(id);
    DB.run(
        () -> {
          ApiKey key = STORED.locks.lock(organisation, id);
          KeyGrant before = key.granted();
          STORED.credentials.of(organisation, id, 1);
          DB.sql(
              "UPDATE credential SET late_use_told_at = ?1 WHERE api_key_id = ?2 AND number = 1",
              DB.now(),
              id);
          key.grant(Set.of(Scope.SUPPLIERS_READ, Scope.SUPPLIERS_WRITE));
          STORED.credentials.signAnew(key, before);
        });

    use(id, 1);

    assertThat(told(USED)).isZero();
  }

  @Test
  void currentSecretAndLongEndedSecretAreNotToldOf() {
    ApiKeyId id = key("ERP", null);
    use(id, 1);
    refresh(id);
    DB.turnClock(Duration.ofHours(3));
    use(id, 1);

    assertThat(told(USED)).isZero();
  }
}
