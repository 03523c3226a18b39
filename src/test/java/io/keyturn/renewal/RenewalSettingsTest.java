package io.keyturn.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.config.WrongSetting;
import io.keyturn.support.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenewalSettingsTest {
  private static final String NAME = "keyturn.renewal.expires.in";

  @Test
  void tokensAreFetchedAgainAfterAnHourUnlessTheOperatorSaysOtherwise() {
    assertThat(RenewalSettings.from(TestConfig.of()).longestSeconds()).isEqualTo(3_600);
    assertThat(RenewalSettings.from(TestConfig.of(NAME, "600")).longestSeconds()).isEqualTo(600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"59", "86401", "PT1H", "-1"})
  void otherLengthsAreRefused(String seconds) {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> RenewalSettings.from(TestConfig.of(NAME, seconds)))
        .withMessageStartingWith("KEYTURN_RENEWAL_EXPIRES_IN: ");
  }
}
