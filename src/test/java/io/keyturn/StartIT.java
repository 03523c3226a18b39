package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.secret.RootKey;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.OpenResource;
import io.keyturn.support.TestWar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the WAR starts as it is shipped, and that what is wrong keeps it from starting. */
class StartIT {
  private static KeyturnServer server;
  private static Path rootKey;
  private static String firstLog;

  @BeforeAll
  static void startAsShipped() {
    server =
        KeyturnServer.named("start").war(TestWar.PLAIN).without("KEYTURN_ADMIN_PASSWORD").start();
    rootKey = server.dataDir().resolve("root-key");
    firstLog = server.log();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void firstStartPrintsAPasswordAndKeepsItInAFileOfItsOwnerOnly() throws IOException {
    Path file = server.dataDir().resolve("initial-admin-password");
    String password = Files.readString(file).strip();

    assertThat(password).matches("([a-z0-9]{4}-){4}[a-z0-9]{4}");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(firstLog)
        .contains("Keyturn is ready at http://localhost:" + server.port() + "/")
        .contains(KeyturnServer.ADMIN_EMAIL)
        .contains(password);
    assertThat(server.fileLogs()).as("log files keep no password").doesNotContain(password);
  }

  @Test
  void nextStartKeepsTheDataAndSaysWhereThePasswordIs() throws IOException {
    Path file = server.dataDir().resolve("initial-admin-password");
    String password = Files.readString(file);
    startAgain();

    assertThat(server.log()).contains(file.toString()).doesNotContain(password.strip());
    assertThat(Files.readString(file)).isEqualTo(password);
  }

  @Test
  void shippedWarHasNoTestControls() {
    ensureStarted();

    assertThat(server.status("/test-control/sql")).isEqualTo(404);
    assertThat(server.status("/api/v1/test/fail")).isEqualTo(404);
  }

  @Test
  void everyAddressOfTheServerItselfIsOneThatIsMeant() {
    ensureStarted();

    assertThat(server.status("/health/live")).isEqualTo(200);
    assertThat(server.status("/openapi")).isEqualTo(200);
    for (String path : new String[] {"/ibm/api", "/adminCenter", "/metrics", "/h2-console"}) {
      assertThat(server.status(path)).as(path).isEqualTo(404);
    }
  }

  @Test
  void methodThatDeclaresNoAccessKeepsTheApplicationFromStarting() {
    server.redeploy(TestWar.with("open.war", OpenResource.class), Map.of());

    assertDoesNotStart(
        server, OpenResource.class.getName() + ".get declares neither @RequiresScope");
  }

  @Test
  void wrongSettingKeepsTheApplicationFromStarting() {
    server.redeploy(TestWar.PLAIN, Map.of("keyturn.secure.cookies", "ture"));

    assertDoesNotStart(server, "KEYTURN_SECURE_COOKIES");
  }

  @Test
  void absentRootKeyOfADatabaseIsNotCreatedAnew() throws IOException {
    byte[] right = Files.readAllBytes(rootKey);
    Files.delete(rootKey);
    server.redeploy(TestWar.PLAIN, Map.of());

    assertDoesNotStart(server, "KEYTURN_ROOT_KEY_FILE");
    assertThat(rootKey).doesNotExist();
    restore(right);
  }

  @Test
  void rootKeyThatOthersCanReadIsRefused() throws IOException {
    byte[] right = Files.readAllBytes(rootKey);
    Files.setPosixFilePermissions(rootKey, PosixFilePermissions.fromString("rw-r--r--"));
    server.redeploy(TestWar.PLAIN, Map.of());

    assertDoesNotStart(server, "KEYTURN_ROOT_KEY_FILE");
    restore(right);
  }

  @Test
  void rootKeyOfAnotherDatabaseIsRefused() throws IOException {
    assertThat(mode(rootKey)).startsWith("r").endsWith("------");
    byte[] right = Files.readAllBytes(rootKey);
    Files.delete(rootKey);
    RootKey.create(rootKey);
    server.redeploy(TestWar.PLAIN, Map.of());

    assertDoesNotStart(server, "KEYTURN_ROOT_KEY_FILE");
    restore(right);
  }

  private static void restore(byte[] right) throws IOException {
    Files.deleteIfExists(rootKey);
    Files.write(rootKey, right);
    Files.setPosixFilePermissions(rootKey, PosixFilePermissions.fromString("r--------"));
  }

  private static void ensureStarted() {
    if (server.status("/health/ready") != 200) {
      startAgain();
    }
  }

  /** As another process: a server in which a deployment failed may not take the next one. */
  private static void startAgain() {
    server.redeploy(TestWar.PLAIN, Map.of());
    server.stop();
    server.start();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  static void assertDoesNotStart(KeyturnServer server, String words) {
    server.await(
        "refusing to start",
        () -> server.log().contains("An exception occurred while starting the application"));
    assertThat(server.log().lines().filter(l -> l.contains("Keyturn does not start.")))
        .as("one line that names what is wrong")
        .hasSize(1)
        .allMatch(l -> l.contains(words));
    server.await("listening", () -> server.status("/health/ready") != 0);
    assertThat(server.status("/health/ready")).isEqualTo(503);
    assertThat(server.status("/api/v1/me")).isIn(404, 503);
  }
}
