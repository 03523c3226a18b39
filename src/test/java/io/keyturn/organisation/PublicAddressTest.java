package io.keyturn.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.config.WrongSetting;
import io.keyturn.support.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
  private static PublicAddress given(String domain, String address) {
    return PublicAddress.from(
        TestConfig.of("keyturn.base.domain", domain, "keyturn.public.address", address));
  }

  @ParameterizedTest
  @CsvSource({
    "https://keyturn.example.com, https://demo.keyturn.example.com",
    "https://keyturn.example.com:8443, https://demo.keyturn.example.com:8443",
    "http://keyturn.example.com, http://demo.keyturn.example.com"
  })
  void organisationHasItsHostBelowTheAddress(String address, String origin) {
    assertThat(given("keyturn.example.com", address).origin("demo")).isEqualTo(origin);
  }

  @Test
  void pagesAreReachedByHttpsAtTheBaseDomainByDefault() {
    PublicAddress usual =
        PublicAddress.from(TestConfig.of("keyturn.base.domain", "keyturn.example.com"));

    assertThat(usual.origin("demo")).isEqualTo("https://demo.keyturn.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "https://keyturn.example.com/path",
        "https://user@keyturn.example.com",
        "ftp://keyturn.example.com",
        "keyturn.example.com",
        "https://keyturn.example.com:123456"
      })
  void anotherAddressIsRefused(String address) {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> given("keyturn.example.com", address))
        .withMessageStartingWith("KEYTURN_PUBLIC_ADDRESS: ");
  }
}
