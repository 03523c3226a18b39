package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.Revocations.Found;
import io.keyturn.apikey.Revocations.NamedKey;
import io.keyturn.apikey.Revocations.Rule;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.support.MemoryDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which keys a rule selects, and what a revocation of several keys does, without a server. */
class RevocationsTest {
  private static final KeyDatabase STORED = new KeyDatabase();
  private static final MemoryDatabase DB = STORED.memory;
  private static final ApiKeys KEYS = STORED.keys;
  private static final Credentials CREDENTIALS = STORED.credentials;
  private static final Revocations REVOCATIONS = new Revocations();

  private static final UUID ALICE = UUID.randomUUID();
  private static final UUID BOB = UUID.randomUUID();
  private OrganisationId organisation = OrganisationId.random();

  @BeforeAll
  static void services(@TempDir Path directory) {
    STORED.open(directory, REVOCATIONS);
  }

  @AfterAll
  static void close() {
    DB.close();
  }

  @BeforeEach
  void organisation() {
    organisation = STORED.newOrganisation();
  }

  private static ApiKeyId key(OrganisationId organisation, String name, UUID creator) {
    Actor actor = new Actor(Actor.Type.PERSON, creator, "somebody", null);
    return DB.in(() -> KEYS.create(organisation, NewApiKey.named(name), actor).keyId());
  }

  private ApiKeyId key(String name, UUID creator) {
    return key(organisation, name, creator);
  }

  private List<String> selected(@Nullable UUID creator, @Nullable Duration unusedFor) {
    return find(creator, unusedFor).keys().stream().map(NamedKey::name).toList();
  }

  private Found find(@Nullable UUID creator, @Nullable Duration unusedFor) {
    return DB.in(() -> REVOCATIONS.find(organisation, new Rule(creator, unusedFor)));
  }

  private List<String> revoked(ApiKeyId... ids) {
    return DB
        .in(() -> REVOCATIONS.revoke(organisation, List.of(ids), "a leaver", Actor.SYSTEM))
        .stream()
        .map(NamedKey::name)
        .toList();
  }

  @Test
  void ruleSelectsTheKeysOfACreatorInTheOwnOrganisationByName() {
    key("b", ALICE);
    key("a", ALICE);
    key("of another creator", BOB);
    key(STORED.newOrganisation(), "of another organisation", ALICE);

    assertThat(selected(ALICE, null)).containsExactly("a", "b");
    assertThat(find(ALICE, null).total()).isEqualTo(2);
    assertThat(selected(UUID.randomUUID(), null)).isEmpty();
  }

  @Test
  void ruleSelectsKeysThatNobodyUsedSinceTheirCreationOrLastUse() {
    key("never used", ALICE);
    ApiKeyId used = key("used", BOB);
    DB.turnClock(Duration.ofDays(40));
    key("new", ALICE);
    DB.sql(
        "INSERT INTO api_key_use (api_key_id, organisation_id, last_used_at) VALUES (?, ?, ?)",
        used,
        organisation,
        DB.now().minus(Duration.ofDays(2)));

    assertThat(selected(null, Duration.ofDays(30))).containsExactly("never used");
    assertThat(selected(null, Duration.ofDays(1))).containsExactly("never used", "used");
    assertThat(selected(BOB, Duration.ofDays(1))).containsExactly("used");
    assertThat(selected(BOB, Duration.ofDays(30))).isEmpty();
  }

  @Test
  void revokedKeysAreSelectedNoMoreAndStayAsTheyAre() {
    ApiKeyId first = key("first", ALICE);
    ApiKeyId second = key("second", ALICE);

    assertThat(revoked(first)).containsExactly("first");
    assertThat(selected(ALICE, null)).containsExactly("second");
    assertThat(revoked(first, second)).containsExactly("second");
    assertThat(DB.events(organisation)).filteredOn("API_KEY_REVOKED"::equals).hasSize(2);
  }

  @Test
  void secretsOfARevokedKeyEndAtOnce() {
    ApiKeyId id = key("first", ALICE);

    revoked(id);

    assertThat(DB.in(() -> CREDENTIALS.of(organisation, id, 1)).acceptedUntil())
        .isEqualTo(DB.now());
  }

  @Test
  void foreignIdIsNamedAndNoKeyIsRevoked() {
    ApiKeyId own = key("own", ALICE);
    ApiKeyId foreign = key(STORED.newOrganisation(), "foreign", ALICE);

    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> revoked(own, foreign));

    assertThat(refused.errors()).extracting(FieldError::field).containsExactly("ids[1]");
    assertThat(selected(ALICE, null)).containsExactly("own");
  }

  @Test
  void reasonAndIdsMustBeGiven() {
    ApiKeyId own = key("own", ALICE);

    assertThat(catchThrowableOfType(ProblemException.class, this::revoked)).isNotNull();
    assertThat(
            catchThrowableOfType(
                ProblemException.class,
                () ->
                    DB.in(() -> REVOCATIONS.revoke(organisation, List.of(own), " ", Actor.SYSTEM))))
        .isNotNull();
    assertThat(selected(ALICE, null)).containsExactly("own");
  }
}
