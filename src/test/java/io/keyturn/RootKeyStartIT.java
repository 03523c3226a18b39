package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.secret.RootKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database is opened with its own root key, which nobody else may read, or not at all. */
class RootKeyStartIT {
  private static KeyturnServer server;
  private static Path rootKey;
  private static byte[] right;
  private static String secret;

  @BeforeAll
  static void makeADatabase() throws IOException {
    server = KeyturnServer.named("root-key").start();
    secret = server.control().key().secret();
    server.stop();
    rootKey = server.dataDir().resolve("root-key");
    right = Files.readAllBytes(rootKey);
  }

  @AfterEach
  void putTheRightKeyBack() throws IOException {
    server.kill();
    Files.deleteIfExists(rootKey);
    Files.write(rootKey, right);
    Files.setPosixFilePermissions(rootKey, PosixFilePermissions.fromString("r--------"));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void absentRootKeyOfADatabaseIsNotMadeAnew() throws IOException {
    Files.delete(rootKey);

    StartIT.assertDoesNotStart(server, "KEYTURN_ROOT_KEY_FILE");
    assertThat(rootKey).doesNotExist();
  }

  @Test
  void rootKeyThatOthersCanReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(rootKey, PosixFilePermissions.fromString("rw-r--r--"));

    StartIT.assertDoesNotStart(server, "KEYTURN_ROOT_KEY_FILE");
  }

  @Test
  void rootKeyOfAnotherDatabaseIsRefused() throws IOException {
    Files.delete(rootKey);
    RootKey.create(rootKey);

    StartIT.assertDoesNotStart(server, "KEYTURN_ROOT_KEY_FILE");
  }

  @Test
  void rightRootKeyOpensWhatItClosed() {
    server.start();

    assertThat(server.api().me(secret).status()).isEqualTo(200);
  }
}
