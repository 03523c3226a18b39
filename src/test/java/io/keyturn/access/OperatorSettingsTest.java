package io.keyturn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.config.WrongSetting;
import io.keyturn.support.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorSettingsTest {
  private static final String NAME = "keyturn.operator.token.file";
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  private OperatorSettings with(String content, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return OperatorSettings.from(TestConfig.of(NAME, file.toString()));
  }

  @Test
  void byDefaultThereIsNoOperatorAndNothingFits() {
    OperatorSettings none = OperatorSettings.from(TestConfig.of());

    assertThat(none.present()).isFalse();
    assertThat(none.fits("")).isFalse();
  }

  @Test
  void tokenOfTheFileFitsAndNoOther() throws IOException {
    OperatorSettings settings = with(TOKEN + "\n", "rw-------");

    assertThat(settings.fits(TOKEN)).isTrue();
    assertThat(settings.fits(TOKEN + "0")).isFalse();
    assertThat(settings.fits("")).isFalse();
    assertThat(settings.toString()).doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123456789abcdef0123456789abcde", TOKEN + "\n" + TOKEN})
  void shortTokenAndSeveralLinesAreRefused(String content) {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with(content, "rw-------"))
        .withMessageStartingWith("KEYTURN_OPERATOR_TOKEN_FILE: ")
        .withMessageContaining("at least 32 characters")
        .withMessageNotContaining("abcdef");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
  void fileThatOthersReachIsRefused(String mode) {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with(TOKEN, mode))
        .withMessageContaining("make its mode 0600 or 0400");
  }

  @Test
  void absentFileIsRefused() {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(
            () -> OperatorSettings.from(TestConfig.of(NAME, folder.resolve("none").toString())))
        .withMessageContaining("there is no file");
  }
}
