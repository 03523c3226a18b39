package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.ApiKeyId;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditChain;
import io.keyturn.audit.ChainReport;
import io.keyturn.audit.Subject;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.support.MemoryDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the automatic refresh writes for many keys at once, without a server. */
class DueRefreshesTest {
  private static final KeyDatabase STORED = new KeyDatabase();
  private static final MemoryDatabase DB = STORED.memory;
  private static final DueRefreshes REFRESHES = new DueRefreshes();
  private static final Refreshes SINGLE = new Refreshes();
  private static final AuditChain CHAIN = new AuditChain();

  private final OrganisationId organisation = STORED.newOrganisation();
  private final List<IssuedSecret> created = new ArrayList<>();

  @BeforeAll
  static void services(@TempDir Path directory) {
    STORED.open(directory, REFRESHES, SINGLE, CHAIN);
  }

  @AfterAll
  static void close() {
    DB.close();
  }

  @BeforeEach
  void keys() {
    for (String name : List.of("ERP", "CRM", "shop")) {
      created.add(create(organisation, name));
    }
  }

  private static IssuedSecret create(OrganisationId organisation, String name) {
    return DB.in(() -> STORED.keys.create(organisation, NewApiKey.named(name), Actor.SYSTEM));
  }

  private static void refresh(OrganisationId organisation, List<IssuedSecret> issued) {
    List<ApiKeyId> ids = issued.stream().map(IssuedSecret::keyId).toList();
    DB.run(() -> REFRESHES.refresh(STORED.locks.lock(organisation, ids), DB.now()));
  }

  private ApiKey key(IssuedSecret issued) {
    return DB.in(() -> STORED.locks.lock(organisation, issued.keyId()));
  }

  private static Credential credential(
      OrganisationId organisation, IssuedSecret issued, int number) {
    return DB.in(() -> STORED.credentials.of(organisation, issued.keyId(), number));
  }

  private static boolean genuine(ApiKey key) {
    return DB.in(() -> STORED.credentials.genuine(key, STORED.credentials.accepted(key, DB.now())));
  }

  @Test
  void eachKeyMovesOnToASuccessorThatIsSignedAndSealed() {
    List<ApiKey> before = created.stream().map(this::key).toList();
    DB.turnClock(Duration.ofHours(24).plusMinutes(3));

    refresh(organisation, created);

    for (ApiKey old : before) {
      IssuedSecret issued =
          created.stream().filter(i -> i.keyId().equals(old.id())).findFirst().orElseThrow();
      ApiKey key = key(issued);
      assertThat(key.currentNumber()).isEqualTo(2);
      assertThat(key.version()).isEqualTo(old.version() + 1);
      assertThat(key.nextRefreshAt()).isEqualTo(old.nextRefreshAt().plus(Duration.ofDays(1)));
      assertThat(key.due(key.nextRefreshAt())).isTrue();
      assertThat(genuine(key)).isTrue();
      assertThat(DB.in(() -> STORED.credentials.current(key)).orElseThrow().secret())
          .isNotEqualTo(issued.secret());
      Credential next = credential(organisation, issued, 2);
      assertThat(next.automatic()).isTrue();
      assertThat(next.issuedAt()).isEqualTo(DB.now());
      assertThat(next.acceptedUntil()).isEqualTo(key.currentAcceptedUntil());
      assertThat(next.retiredAt()).isEmpty();
    }
  }

  @Test
  void rowsHaveTheSameColumnsAsThoseOfASingleRefresh() {
    IssuedSecret bulk = created.get(0);
    IssuedSecret single = created.get(1);
    DB.turnClock(Duration.ofHours(24).plusMinutes(3));

    refresh(organisation, List.of(bulk));
    DB.run(() -> SINGLE.refreshDue(STORED.locks.lock(organisation, single.keyId()), DB.now()));

    for (String rows :
        List.of(
            "api_key WHERE id = '%s'",
            "credential WHERE number = 1 AND api_key_id = '%s'",
            "credential WHERE number = 2 AND api_key_id = '%s'",
            "audit_event WHERE action = 'API_KEY_REFRESHED' AND subject_id = '%s'")) {
      assertThat(filled(rows.formatted(bulk.keyId())))
          .isEqualTo(filled(rows.formatted(single.keyId())))
          .hasSizeGreaterThan(5);
    }
  }

  /** The columns that are not null in a row. */
  private static List<String> filled(String row) {
    String table = row.substring(0, row.indexOf(' '));
    Object columns =
        DB.value(
            "SELECT listagg(column_name, ' ') WITHIN GROUP (ORDER BY column_name)"
                + " FROM information_schema.columns WHERE table_name = '"
                + table.toUpperCase(Locale.ROOT)
                + "'");
    return Stream.of(columns.toString().split(" "))
        .filter(
            column -> !DB.value("SELECT count(" + column + ") FROM " + row).toString().equals("0"))
        .toList();
  }

  @Test
  void replacedSecretIsAcceptedAsPromisedAndNoLongerKept() {
    Credential first = credential(organisation, created.get(0), 1);
    DB.turnClock(Duration.ofHours(24).plusMinutes(3));

    refresh(organisation, created);

    Credential replaced = credential(organisation, created.get(0), 1);
    assertThat(replaced.acceptedUntil()).isEqualTo(first.acceptedUntil());
    assertThat(replaced.retiredAt()).contains(DB.now());
    assertThat(replaced.dataKeyId()).isEmpty();
    KeyGrant granted = key(created.get(0)).granted();
    assertThat(replaced.genuine(granted, STORED.keyring.lookupKey())).isTrue();
  }

  @Test
  void eachKeyHasItsEventInItsOrganisationsChain() {
    OrganisationId other = STORED.newOrganisation();
    IssuedSecret theirs = create(other, "ERP");
    DB.turnClock(Duration.ofHours(25));

    DB.run(
        () -> {
          List<ApiKey> all = new ArrayList<>();
          all.add(STORED.locks.lock(organisation, created.get(0).keyId()));
          all.add(STORED.locks.lock(other, theirs.keyId()));
          all.add(STORED.locks.lock(organisation, created.get(1).keyId()));
          REFRESHES.refresh(all, DB.now());
        });

    assertThat(DB.events(organisation))
        .containsExactly(
            "API_KEY_CREATED",
            "API_KEY_CREATED",
            "API_KEY_CREATED",
            "API_KEY_REFRESHED",
            "API_KEY_REFRESHED");
    assertThat(DB.events(other)).containsExactly("API_KEY_CREATED", "API_KEY_REFRESHED");
    assertThat(
            DB.value(
                "SELECT min(details) FROM audit_event WHERE action = 'API_KEY_REFRESHED'"
                    + " AND organisation_id = '"
                    + other
                    + "'"))
        .asString()
        .contains("\"number\":\"2\"", "\"how\":\"automatic\"")
        .contains(
            "\"old_secret_accepted_until\":\"%s\""
                .formatted(credential(other, theirs, 1).acceptedUntil()));
  }

  @Test
  void chainIsIntactAfterEventsOneByOneAndInBulk() {
    OrganisationId founded = STORED.newOrganisation();
    append(founded, AuditAction.ORGANISATION_CREATED);
    List<IssuedSecret> keys = List.of(create(founded, "ERP"), create(founded, "CRM"));
    DB.turnClock(Duration.ofHours(25));
    refresh(founded, keys);
    append(founded, AuditAction.SIGNED_IN);
    DB.turnClock(Duration.ofHours(25));
    DB.run(
        () -> {
          append(founded, AuditAction.SIGNED_IN);
          refresh(founded, keys);
          append(founded, AuditAction.SIGNED_IN);
        });

    ChainReport report = DB.in(() -> CHAIN.verify(founded, null));

    assertThat(report.broken()).isNull();
    assertThat(report.events()).isEqualTo(10);
  }

  private static void append(OrganisationId organisation, AuditAction action) {
    DB.run(
        () ->
            STORED.audit.append(
                organisation, Actor.SYSTEM, action, new Subject("test", null, "test"), Map.of()));
  }

  @Test
  void keyThatSomebodyElseChangedIsSkippedAndTheOthersAreNot() {
    DB.sql("UPDATE api_key SET scopes = 'suppliers:write' WHERE id = ?1", created.get(1).keyId());
    DB.turnClock(Duration.ofHours(24).plusMinutes(3));

    refresh(organisation, created);

    assertThat(created).extracting(issued -> key(issued).currentNumber()).containsExactly(2, 1, 2);
    assertThat(key(created.get(1)).nextRefreshAt()).isAfter(DB.now());
    assertThat(credential(organisation, created.get(1), 1).retiredAt()).isEmpty();
    assertThat(DB.events(organisation)).filteredOn("API_KEY_REFRESHED"::equals).hasSize(2);
  }

  @Test
  void organisationThatIsNoLongerStrictGetsADataKey() {
    OrganisationId strict = STORED.newOrganisation();
    DB.run(() -> DB.entityManager().find(Organisation.class, strict).strict(true));
    IssuedSecret issued = create(strict, "ERP");
    DB.run(() -> DB.entityManager().find(Organisation.class, strict).strict(false));
    DB.turnClock(Duration.ofHours(25));

    refresh(strict, List.of(issued));

    assertThat(credential(strict, issued, 1).dataKeyId()).isEmpty();
    assertThat(credential(strict, issued, 2).dataKeyId()).isPresent();
  }

  @Test
  void oldestOfThreeSecretsEndsAtOnce() {
    IssuedSecret issued = created.get(0);
    DB.turnClock(Duration.ofHours(24));
    refresh(organisation, List.of(issued));
    DB.sql("UPDATE credential SET retired_at = ?1 WHERE number = 1", DB.now());

    refresh(organisation, List.of(issued));

    assertThat(credential(organisation, issued, 1).acceptedUntil()).isEqualTo(DB.now());
    assertThat(credential(organisation, issued, 2).acceptedUntil()).isAfter(DB.now());
    assertThat(key(issued).currentNumber()).isEqualTo(3);
  }
}
