package io.keyturn.supplier.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierSchemeTest {

  private static Optional<String> normal(String scheme, String value) {
    return IdentifierScheme.of(scheme).orElseThrow(AssertionError::new).normal(value);
  }

  /** The numbers are examples that tax offices and registers publish. */
  @ParameterizedTest
  @CsvSource({
    "vat, DE136695976, DE136695976",
    "vat, de 136.695.976, DE136695976",
    "vat, ATU13585627, ATU13585627",
    "vat, BE0428759497, BE0428759497",
    "vat, CHE-107.787.577 IVA, CHE107787577",
    "vat, CHE-107.787.577 MWST, CHE107787577",
    "vat, CHE107787577TVA, CHE107787577",
    "vat, CHE107787577, CHE107787577",
    "vat, DK13585628, DK13585628",
    "vat, EE100931558, EE100931558",
    "vat, EU372022452, EU372022452",
    "vat, EL094259216, EL094259216",
    "vat, GR 094259216, EL094259216",
    "vat, FI20774740, FI20774740",
    "vat, FR40303265045, FR40303265045",
    "vat, HR33392005961, HR33392005961",
    "vat, HU12892312, HU12892312",
    "vat, IT00743110157, IT00743110157",
    "vat, LU15027442, LU15027442",
    "vat, MT11679112, MT11679112",
    "vat, NL004495445B01, NL004495445B01",
    "vat, NO995525828MVA, NO995525828",
    "vat, NO 995 525 828, NO995525828",
    "vat, PL8567346215, PL8567346215",
    "vat, PT501964843, PT501964843",
    "vat, SE123456789701, SE123456789701",
    "vat, SK2022749619, SK2022749619",
    "lei, 5493001KJTIIGC8Y1R12, 5493001KJTIIGC8Y1R12",
    "gln, 4012345000009, 4012345000009",
    "duns, 15-048-3782, 150483782",
    "peppol, 0088:4012345000009, 0088:4012345000009",
    "peppol, 9930:de136695976, 9930:DE136695976",
    "company_number, HRB 1234, HRB1234",
    "tax_id, 12/345/67890, 1234567890"
  })
  void knownNumbersAreTakenInEachSpelling(String scheme, String value, String normal) {
    assertThat(normal(scheme, value)).contains(normal);
  }

  @ParameterizedTest
  @CsvSource({
    "vat, DE136695978",
    "vat, DE13669597",
    "vat, ATU13585626",
    "vat, BE0428759498",
    "vat, DK13585627",
    "vat, FI20774741",
    "vat, FR41303265045",
    "vat, IT00743110158",
    "vat, NL004495446B01",
    "vat, PL8567346216",
    "vat, SE123456789601",
    "vat, 136695976",
    "vat, HELLO1",
    "vat, GR094259217",
    "vat, CHE107787577MVA",
    "vat, NO995525828IVA",
    "vat, XK123456",
    "vat, EU37202245",
    "lei, 5493001KJTIIGC8Y1R13",
    "lei, 5493001KJTIIGC8Y1R1",
    "gln, 4012345000008",
    "duns, 12345678",
    "peppol, 0088:4012345000008",
    "peppol, 4012345000009",
    "tax_id, x"
  })
  void wrongCheckDigitsAndFormsAreRefused(String scheme, String value) {
    assertThat(normal(scheme, value)).isEmpty();
  }

  /** Each of these detects every wrong digit. */
  @ParameterizedTest
  @ValueSource(strings = {"lei 5493001KJTIIGC8Y1R12", "gln 4012345000009", "vat DE136695976"})
  void everyWrongDigitIsDetected(String example) {
    String scheme = example.substring(0, 3);
    String value = example.substring(4);
    for (int i = 0; i < value.length(); i++) {
      if (Character.isDigit(value.charAt(i))) {
        char wrong = (char) ('0' + (value.charAt(i) - '0' + 1) % 10);
        String other = value.substring(0, i) + wrong + value.substring(i + 1);
        assertThat(normal(scheme, other)).as(other).isEmpty();
      }
    }
  }

  @Test
  void countryOfAVatNumberIsIso3166() {
    assertThat(IdentifierScheme.VAT.country("EL094259216")).contains("GR");
    assertThat(IdentifierScheme.VAT.country("DE136695976")).contains("DE");
    assertThat(IdentifierScheme.VAT.country("XI123456789")).contains("GB");
    assertThat(IdentifierScheme.VAT.country("EU372022452")).isEmpty();
    assertThat(IdentifierScheme.GLN.country("4012345000009")).isEmpty();
  }
}
