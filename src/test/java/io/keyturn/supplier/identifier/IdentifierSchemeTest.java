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

  /** The numbers are examples that tax offices, registers and libraries publish. */
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
    "vat, BG175074752, BG175074752",
    "vat, BG7523169263, BG7523169263",
    "vat, CY10259033P, CY10259033P",
    "vat, CZ25123891, CZ25123891",
    "vat, CZ640903926, CZ640903926",
    "vat, CZ7103192745, CZ7103192745",
    "vat, CZ520312123, CZ520312123",
    "vat, ESB64717838, ESB64717838",
    "vat, ESB58378431, ESB58378431",
    "vat, ESQ2826000H, ESQ2826000H",
    "vat, ES54362315K, ES54362315K",
    "vat, ESX5253868R, ESX5253868R",
    "vat, ESM1234567L, ESM1234567L",
    "vat, GB980780684, GB980780684",
    "vat, XI980780684, XI980780684",
    "vat, GBGD001, GBGD001",
    "vat, IE6433435F, IE6433435F",
    "vat, IE6433435OA, IE6433435OA",
    "vat, IE8D79739I, IE8D79739I",
    "vat, LT119511515, LT119511515",
    "vat, LT100001919017, LT100001919017",
    "vat, LT100004801610, LT100004801610",
    "vat, LV40003521600, LV40003521600",
    "vat, LV16117519997, LV16117519997",
    "vat, RO18547290, RO18547290",
    "vat, SI50223054, SI50223054",
    "lei, 5493001KJTIIGC8Y1R12, 5493001KJTIIGC8Y1R12",
    "gln, 4012345000009, 4012345000009",
    "duns, 15-048-3782, 150483782",
    "peppol, 0088:4012345000009, 0088:4012345000009",
    "peppol, 9930:de136695976, 9930:DE136695976",
    "peppol, 9930:136695976, 9930:136695976",
    "peppol, 9914:ATU13585627, 9914:ATU13585627",
    "peppol, 9920:ESB64717838, 9920:ESB64717838",
    "peppol, 9927:CHE107787577MWST, 9927:CHE107787577MWST",
    "peppol, 9932:XI980780684, 9932:XI980780684",
    "peppol, 9933:EL094259216, 9933:EL094259216",
    "peppol, 9933:GR094259216, 9933:GR094259216",
    "peppol, 9957:FR40303265045, 9957:FR40303265045",
    "peppol, 0211:IT00743110157, 0211:IT00743110157",
    "peppol, 9952:TR1, 9952:TR1",
    "peppol, 0192:995525828, 0192:995525828",
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
    "vat, BG175074751",
    "vat, CY10259033Z",
    "vat, CZ25123890",
    "vat, CZ640903927",
    "vat, CZ7103192746",
    "vat, ESB64717839",
    "vat, ESB6471783A",
    "vat, ES54362315Z",
    "vat, ESX5253868T",
    "vat, ES543623151",
    "vat, GB980780685",
    "vat, XI980780685",
    "vat, IE6433435E",
    "vat, IE6433435OB",
    "vat, IE8D79739J",
    "vat, LT119511516",
    "vat, LT100001919018",
    "vat, LV40003521601",
    "vat, RO18547291",
    "vat, SI50223055",
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
    "peppol, 9930:DE136695978",
    "peppol, 9930:136695978",
    "peppol, 9930:ATU13585627",
    "peppol, 9930:D",
    "peppol, 9930:1",
    "peppol, 9925:BE0428759498",
    "peppol, 9933:EL094259217",
    "peppol, 9944:NL004495446B01",
    "peppol, 0211:IT00743110158",
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
