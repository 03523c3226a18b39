package io.keyturn.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.RootKey;
import io.keyturn.support.Fields;
import io.keyturn.support.TestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When unsigned rows are signed, and when they are refused. */
class SignedPeopleTest {
  private static final String ADA = "ada@demo.example";

  @TempDir private Path directory;
  private final PeopleDatabase database = new PeopleDatabase();
  private Path rootKey = Path.of("");
  private OrganisationId organisation = new OrganisationId(new UUID(0, 0));

  @BeforeEach
  void createPerson() throws IOException {
    rootKey = directory.resolve("root-key");
    RootKey.create(rootKey);
    Fields.set(database.keyring, "settings", TestConfig.settings(directory));
    start();
    organisation = database.organisation("demo");
    database.person(organisation, ADA, BuiltInRole.ADMINISTRATOR);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void start() {
    database.run(database.keyring::open);
    database.run(database.signed::signOnce);
  }

  private boolean believed() {
    return database.in(() -> database.users.byEmail(ADA)).isPresent();
  }

  private void unsign() {
    for (String table : new String[] {"role", "app_user", "one_time_link"}) {
      database.sql("UPDATE " + table + " SET row_mac = NULL");
    }
  }

  /** Wraps the lookup key as a version did that knew no signatures. */
  private void wrapAsBefore() throws IOException {
    Object id =
        database.value("SELECT CAST(id AS VARCHAR) FROM crypto_key WHERE purpose = 'LOOKUP'");
    byte[] wrapped =
        (byte[]) database.value("SELECT wrapped FROM crypto_key WHERE purpose = 'LOOKUP'");
    byte[] place = ("crypto_key/" + id).getBytes(StandardCharsets.US_ASCII);
    byte[] signed = "people signed".getBytes(StandardCharsets.US_ASCII);
    RootKey root = RootKey.read(rootKey);
    byte[] key = root.unwrap(root.currentId(), wrapped, place, signed);
    database.sql(
        "UPDATE crypto_key SET wrapped = ?1 WHERE purpose = 'LOOKUP'", root.wrap(key, place));
  }

  @Test
  void rowsOfAnEarlierVersionAreSignedOnceAndNeverAgain() throws IOException {
    unsign();
    wrapAsBefore();
    assertThat(believed()).isFalse();
    start();
    assertThat(believed()).isTrue();

    unsign();
    start();

    assertThat(believed()).isFalse();
  }

  @Test
  void databaseThatWasCreatedWithSignedRowsSignsNothingLater() {
    assertThat(believed()).isTrue();
    unsign();
    start();

    assertThat(believed()).isFalse();
  }

  @Test
  void anotherLookupKeyMakesNobodysRowsOurs() {
    unsign();
    database.sql("DELETE FROM crypto_key WHERE purpose = 'LOOKUP'");
    start();

    assertThat(believed()).isFalse();
  }

  @Test
  void changedPersonIsToldOfOnceAndIsNoAdministratorWhomOthersCanRelyOn() {
    String eve = "eve@demo.example";
    database.person(organisation, eve, BuiltInRole.ADMINISTRATOR);
    database.sql("UPDATE app_user SET password_hash = 'other' WHERE email = ?1", ADA);

    assertThat(believed()).isFalse();
    assertThat(believed()).isFalse();

    assertThat(database.events(organisation)).containsOnlyOnce("USER_TAMPERED");
    assertThat(
            database.in(
                () ->
                    database.rights.isLastAdministrator(database.users.byEmail(eve).orElseThrow())))
        .isTrue();
  }
}
