package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the WAR starts as it is shipped, and that what is wrong keeps it from starting. */
class StartIT {
  private static KeyturnServer plain;

  @BeforeAll
  static void startAsShipped() {
    plain =
        KeyturnServer.named("plain").war(TestWar.PLAIN).without("KEYTURN_ADMIN_PASSWORD").start();
  }

  @AfterAll
  static void stop() {
    plain.close();
  }

  @Test
  void firstStartPrintsAPasswordAndKeepsItInAFileOfItsOwnerOnly() throws IOException {
    Path file = plain.dataDir().resolve("initial-admin-password");
    String password = Files.readString(file).strip();

    assertThat(password).matches("([a-z0-9]{4}-){4}[a-z0-9]{4}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(plain.log())
        .contains("Keyturn is ready at http://localhost:" + plain.port() + "/")
        .contains(KeyturnServer.ADMIN_EMAIL)
        .contains(password);
    assertThat(plain.fileLogs()).as("log files keep no password").doesNotContain(password);
  }

  @Test
  void rootKeyIsMadeForItsOwnerOnly() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(plain.dataDir().resolve("root-key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void shippedWarHasNoTestControls() {
    assertThat(plain.status("/test-control/sql")).isEqualTo(404);
    assertThat(plain.status("/api/v1/test/fail")).isEqualTo(404);
  }

  @Test
  void everyAddressOfTheServerItselfIsOneThatIsMeant() {
    assertThat(plain.status("/health/ready")).isEqualTo(200);
    assertThat(plain.status("/health/live")).isEqualTo(200);
    assertThat(plain.status("/openapi")).isEqualTo(200);
    for (String path : new String[] {"/ibm/api", "/adminCenter", "/metrics", "/h2-console"}) {
      assertThat(plain.status(path)).as(path).isEqualTo(404);
    }
  }

  @Test
  void methodThatDeclaresNoAccessKeepsTheApplicationFromStarting() {
    try (KeyturnServer server =
        KeyturnServer.named("wrong").war(TestWar.with("open.war", OpenResource.class))) {
      assertDoesNotStart(
          server, OpenResource.class.getName() + ".get declares neither @RequiresScope");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KEYTURN_HTTP_PORT, 70000",
    "KEYTURN_BASE_DOMAIN, not a domain",
    "KEYTURN_DATABASE_URL, jdbc:oracle:thin:@nowhere",
    "KEYTURN_ADMIN_PASSWORD, too-short"
  })
  void wrongSettingKeepsTheApplicationFromStarting(String setting, String value) {
    try (KeyturnServer server = KeyturnServer.named("wrong").setting(setting, value)) {
      assertDoesNotStart(server, setting);
    }
  }

  static void assertDoesNotStart(KeyturnServer server, String words) {
    server.launch();
    server.await("refusing to start", () -> server.log().contains("Keyturn does not start."));
    assertThat(server.log().lines().filter(l -> l.contains("Keyturn does not start.")))
        .as("one line that names what is wrong")
        .hasSize(1)
        .allMatch(l -> l.contains(words));
    server.await("listening", () -> server.status("/health/ready") != 0);
    assertThat(server.status("/health/ready")).isEqualTo(503);
    assertThat(server.status("/api/v1/me")).isIn(404, 503);
  }
}
