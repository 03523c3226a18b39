package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyturn.access.ApiKeyId;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.support.Fields;
import io.keyturn.support.MemoryDatabase;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a refresh does to a key and its credentials, without a server. */
class RefreshesTest {
  private static final KeyDatabase STORED = new KeyDatabase();
  private static final MemoryDatabase DB = STORED.memory;
  private static final ApiKeys KEYS = STORED.keys;
  private static final KeyLocks LOCKS = STORED.locks;
  private static final Credentials CREDENTIALS = STORED.credentials;
  private static final Refreshes REFRESHES = new Refreshes();
  private static final List<Object> TOLD = new ArrayList<>();

  private final OrganisationId organisation = STORED.newOrganisation();
  private IssuedSecret first = new IssuedSecret(ApiKeyId.random(), 0, secret(), Instant.EPOCH);

  private static io.keyturn.secret.Secret secret() {
    return io.keyturn.secret.Secret.random("kt", "live");
  }

  @BeforeAll
  static void services(@TempDir Path directory) {
    STORED.open(directory, REFRESHES);
    Fields.set(REFRESHES, "leaked", event());
  }

  @SuppressWarnings("unchecked")
  private static Event<KeyLeaked> event() {
    return (Event<KeyLeaked>)
        Proxy.newProxyInstance(
            RefreshesTest.class.getClassLoader(),
            new Class<?>[] {Event.class},
            (proxy, method, arguments) -> TOLD.add(arguments[0]));
  }

  @AfterAll
  static void close() {
    DB.close();
  }

  @BeforeEach
  void key() {
    first = DB.in(() -> KEYS.create(organisation, NewApiKey.named("ERP"), Actor.SYSTEM));
  }

  private IssuedSecret refresh(int replaces, @Nullable Duration grace) {
    return DB.in(
        () ->
            REFRESHES.refresh(
                organisation, first.keyId(), replaces, grace, Grantor.anybody(), Actor.SYSTEM));
  }

  private List<Credential> accepted() {
    return DB.in(() -> CREDENTIALS.accepted(LOCKS.lock(organisation, first.keyId()), DB.now()));
  }

  private Credential credential(int number) {
    return DB.in(() -> CREDENTIALS.of(organisation, first.keyId(), number));
  }

  private static ProblemException refused(Supplier<?> work) {
    return catchThrowableOfType(ProblemException.class, work::get);
  }

  @Test
  void successorHasTheNextNumberAndTheOldSecretItsGrace() {
    IssuedSecret next = refresh(1, Duration.ofHours(1));

    assertThat(next.number()).isEqualTo(2);
    assertThat(next.secret().reveal()).isNotEqualTo(first.secret().reveal());
    assertThat(credential(1).acceptedUntil()).isEqualTo(DB.now().plus(Duration.ofHours(1)));
    assertThat(credential(1).retiredAt()).contains(DB.now());
    assertThat(credential(2).retiredAt()).isEmpty();
  }

  @Test
  void retiredSecretIsNoLongerKept() {
    refresh(1, Duration.ofHours(1));

    assertThat(credential(1).dataKeyId()).isEmpty();
    assertThat(credential(2).dataKeyId()).isPresent();
  }

  @Test
  void retryGetsTheSameSuccessor() {
    IssuedSecret next = refresh(1, Duration.ZERO);
    IssuedSecret again = refresh(1, Duration.ZERO);

    assertThat(again.number()).isEqualTo(2);
    assertThat(again.secret().reveal()).isEqualTo(next.secret().reveal());
    assertThat(DB.events(organisation))
        .containsExactly("API_KEY_CREATED", "API_KEY_REFRESHED", "API_KEY_REFRESH_REPEATED");
  }

  @Test
  void atMostTwoSecretsAreAccepted() {
    refresh(1, Duration.ofHours(20));
    refresh(2, Duration.ofHours(20));

    assertThat(accepted()).extracting(Credential::number).containsExactlyInAnyOrder(2, 3);
    assertThat(credential(1).acceptedUntil()).isEqualTo(DB.now());
  }

  @Test
  void numberThatIsHistoryIsAConflictThatNamesTheCurrentOne() {
    refresh(1, Duration.ZERO);
    refresh(2, Duration.ZERO);

    ProblemException refused = refused(() -> refresh(1, Duration.ZERO));

    assertThat(refused.type()).isEqualTo(ProblemType.CONFLICT);
    assertThat(refused.detail()).contains("number 1").contains("number 3");
  }

  @Test
  void numberThatWasNotYetIssuedIsInvalid() {
    assertThat(refused(() -> refresh(2, Duration.ZERO)).type()).isEqualTo(ProblemType.INVALID);
    assertThat(refused(() -> refresh(0, Duration.ZERO)).type()).isEqualTo(ProblemType.INVALID);
    assertThat(accepted()).extracting(Credential::number).containsExactly(1);
  }

  @Test
  void graceBeyondItsBoundsIsInvalid() {
    assertThat(refused(() -> refresh(1, Duration.ofHours(25))).type())
        .isEqualTo(ProblemType.INVALID);
    assertThat(refused(() -> refresh(1, Duration.ofSeconds(-1))).type())
        .isEqualTo(ProblemType.INVALID);
  }

  @Test
  void revokedKeyIsNotRefreshed() {
    DB.run(() -> KEYS.revoke(organisation, first.keyId(), null, Actor.SYSTEM));

    assertThat(refused(() -> refresh(1, Duration.ZERO)).type()).isEqualTo(ProblemType.CONFLICT);
  }

  @Test
  void keyOfAnotherOrganisationDoesNotExist() {
    OrganisationId other = STORED.newOrganisation();

    ProblemException refused =
        refused(
            () ->
                DB.in(
                    () ->
                        REFRESHES.refresh(
                            other,
                            first.keyId(),
                            1,
                            Duration.ZERO,
                            Grantor.anybody(),
                            Actor.SYSTEM)));

    assertThat(refused.type()).isEqualTo(ProblemType.NOT_FOUND);
  }

  @Test
  void rowThatSomebodyElseWroteHasNoSuccessor() {
    DB.sql("UPDATE api_key SET scopes = 'suppliers:write' WHERE id = ?1", first.keyId());

    assertThat(refused(() -> refresh(1, Duration.ZERO)).type()).isEqualTo(ProblemType.CONFLICT);
    assertThat(accepted()).extracting(Credential::number).containsExactly(1);
  }

  @Test
  void leakEndsAllSecretsAtOnceAndIsTold() {
    refresh(1, Duration.ofHours(1));
    TOLD.clear();

    IssuedSecret next =
        DB.in(
            () ->
                REFRESHES.leaked(
                    organisation, first.keyId(), "in a log", Grantor.anybody(), Actor.SYSTEM));

    assertThat(next.number()).isEqualTo(3);
    assertThat(accepted()).extracting(Credential::number).containsExactly(3);
    assertThat(TOLD).containsExactly(new KeyLeaked(organisation, first.keyId()));
  }

  @Test
  void automaticRefreshKeepsTheDeadlineThatWasPromised() {
    Instant promised = credential(1).acceptedUntil();
    DB.turnClock(Duration.ofHours(24).plusMinutes(3));

    DB.run(() -> REFRESHES.refreshDue(LOCKS.lock(organisation, first.keyId()), DB.now()));

    assertThat(credential(1).acceptedUntil()).isEqualTo(promised);
    assertThat(credential(2).retiredAt()).isEmpty();
  }
}
