package io.keyturn.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootKeyTest {
  private static final byte[] KEY = new byte[32];
  private static final String BASE64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir private Path directory;

  private Path write(String mode, String text) throws IOException {
    Path file = directory.resolve("root-key");
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @Test
  void newFileIsItsOwnersOnlyAndIsRead() throws IOException {
    Path file = directory.resolve("root-key");
    RootKey.create(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    RootKey key = RootKey.read(file);
    assertThat(key.currentId()).matches("r-[0-9a-f]{8}");
    assertThat(key.unwrap(key.currentId(), key.wrap(KEY, new byte[1]), new byte[1])).isEqualTo(KEY);
  }

  @Test
  void fileThatExistsIsNeverOverwritten() throws IOException {
    Path file = directory.resolve("root-key");
    RootKey.create(file);
    byte[] before = Files.readAllBytes(file);

    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> RootKey.create(file));
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
  void ownersModesAreTaken(String mode) throws IOException {
    assertThat(RootKey.read(write(mode, "one " + BASE64)).currentId()).isEqualTo("one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-rw-rw-"})
  void modesThatLetOthersInAreRefused(String mode) throws IOException {
    Path file = write(mode, "one " + BASE64);

    assertThatIOException()
        .isThrownBy(() -> RootKey.read(file))
        .withMessageContaining(file.toString())
        .withMessageContaining("0600");
  }

  @Test
  void absentFileIsNamed() {
    Path file = directory.resolve("absent");

    assertThatIOException()
        .isThrownBy(() -> RootKey.read(file))
        .withMessageContaining(file.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "one",
        BASE64,
        "one AAAA",
        "one " + BASE64 + " more",
        "ONE " + BASE64,
        "one " + BASE64 + "\ntwo " + BASE64 + "\nthree " + BASE64
      })
  void malformedFileIsRefusedWithoutItsContents(String text) throws IOException {
    Path file = write("rw-------", text);

    assertThatIOException()
        .isThrownBy(() -> RootKey.read(file))
        .withMessageContaining(file.toString())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(BASE64));
  }

  @Test
  void previousKeyStillOpensWhatItWrapped() throws IOException {
    RootKey old = RootKey.read(write("rw-------", "old " + BASE64));
    byte[] wrapped = old.wrap(KEY, new byte[] {1});
    String fresh = BASE64.replace('A', 'B');

    RootKey both = RootKey.read(write("rw-------", "new " + fresh + "\nold " + BASE64 + "\n"));

    assertThat(both.currentId()).isEqualTo("new");
    assertThat(both.unwrap("old", wrapped, new byte[] {1})).isEqualTo(KEY);
    RootKey only = RootKey.read(write("rw-------", "new " + fresh));
    assertThatExceptionOfType(Seal.BrokenSeal.class)
        .isThrownBy(() -> only.unwrap("old", wrapped, new byte[] {1}));
    RootKey posing = RootKey.read(write("rw-------", "old " + fresh));
    assertThatExceptionOfType(Seal.BrokenSeal.class)
        .isThrownBy(() -> posing.unwrap("old", wrapped, new byte[] {1}));
  }

  @Test
  void wrappedKeyDoesNotOpenAtAnotherPlace() throws IOException {
    RootKey key = RootKey.read(write("rw-------", "one " + BASE64));
    byte[] wrapped = key.wrap(KEY, new byte[] {1});

    assertThatExceptionOfType(Seal.BrokenSeal.class)
        .isThrownBy(() -> key.unwrap("one", wrapped, new byte[] {2}));
  }

  @Test
  void isNeverPrinted() throws IOException {
    assertThat(RootKey.read(write("rw-------", "one " + BASE64)).toString())
        .isEqualTo("RootKey[one]");
  }
}
