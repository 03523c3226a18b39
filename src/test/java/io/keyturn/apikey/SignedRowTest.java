package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignedRowTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final Hmac HMAC = new Hmac(new byte[32]);
  private static final OrganisationId ORGANISATION = new OrganisationId(new UUID(0, 10));
  private static final ApiKeyId KEY = new ApiKeyId(new UUID(0, 11));
  private static final String BERLIN = "00000000-0000-0001-0000-000000000001";
  private static final String MUNICH = "00000000-0000-0001-0000-000000000002";
  private static final KeyGrant PLAIN = new KeyGrant("x", "", null, null, null, null, "");
  private static final KeyGrant ENDING = new KeyGrant("x", "", null, null, null, NOW, "");

  private static SignedRow row(KeyGrant granted) {
    return new SignedRow(ORGANISATION, KEY, 1, false, granted, new byte[] {1}, NOW);
  }

  /** As rows were signed before there were restrictions. */
  private static byte[] oldMac() {
    String facts = ORGANISATION + "|" + KEY + "|1|current|x|2026-01-01T10:00:00Z";
    return HMAC.ofParts(facts.getBytes(StandardCharsets.US_ASCII), new byte[] {1});
  }

  @Test
  void macDependsOnEveryFact() {
    byte[] digest = {1};
    Set<String> macs = new HashSet<>();
    Stream.of(
            row(PLAIN),
            new SignedRow(new OrganisationId(KEY.value()), KEY, 1, false, PLAIN, digest, NOW),
            new SignedRow(
                ORGANISATION, new ApiKeyId(ORGANISATION.value()), 1, false, PLAIN, digest, NOW),
            new SignedRow(ORGANISATION, KEY, 2, false, PLAIN, digest, NOW),
            new SignedRow(ORGANISATION, KEY, 1, true, PLAIN, digest, NOW),
            new SignedRow(ORGANISATION, KEY, 1, false, PLAIN, new byte[] {2}, NOW),
            new SignedRow(ORGANISATION, KEY, 1, false, PLAIN, digest, NOW.plusNanos(1000)),
            row(new KeyGrant("x y", "", null, null, null, null, "")),
            row(new KeyGrant("x", "192.0.2.0/24", null, null, null, null, "")),
            row(new KeyGrant("x", "192.0.2.0/25", null, null, null, null, "")),
            row(new KeyGrant("x", "", 5, null, null, null, "")),
            row(new KeyGrant("x", "", 6, null, null, null, "")),
            row(new KeyGrant("x", "", 5, 5, null, null, "")),
            row(new KeyGrant("x", "", null, null, 5, null, "")),
            row(new KeyGrant("x", "", null, null, 6, null, "")),
            row(new KeyGrant("x", "", null, null, null, NOW, "")),
            row(new KeyGrant("x", "", null, null, null, NOW.plusNanos(1000), "")),
            row(new KeyGrant("x", "", null, null, null, null, BERLIN)),
            row(new KeyGrant("x", "", null, null, null, NOW, BERLIN)),
            row(new KeyGrant("x", "", null, null, null, null, BERLIN + " " + MUNICH)))
        .forEach(row -> macs.add(HexFormat.of().formatHex(row.mac(HMAC))));

    assertThat(macs).hasSize(20);
  }

  @Test
  void rowOfAKeyWithScopesOnlyIsSignedAsItAlwaysWas() {
    assertThat(row(PLAIN).mac(HMAC)).isEqualTo(oldMac());
    assertThat(row(PLAIN).genuine(HMAC, oldMac())).isTrue();
  }

  @Test
  void oldRowOfAKeyWithAPlannedEndStaysValid() {
    assertThat(row(ENDING).genuine(HMAC, oldMac())).isTrue();
  }

  @Test
  void restrictionsThatWereSignedCannotBeTakenOffOrWidened() {
    KeyGrant narrow = new KeyGrant("x", "192.0.2.0/24", 60, 10, 1000, NOW, BERLIN);
    byte[] mac = row(narrow).mac(HMAC);

    assertThat(row(narrow).genuine(HMAC, mac)).isTrue();
    Stream.of(
            PLAIN,
            ENDING,
            new KeyGrant("x", "", 60, 10, 1000, NOW, BERLIN),
            new KeyGrant("x", "192.0.2.0/24 198.51.100.0/24", 60, 10, 1000, NOW, BERLIN),
            new KeyGrant("x", "192.0.2.0/24", 61, 10, 1000, NOW, BERLIN),
            new KeyGrant("x", "192.0.2.0/24", 60, 11, 1000, NOW, BERLIN),
            new KeyGrant("x", "192.0.2.0/24", 60, 10, null, NOW, BERLIN),
            new KeyGrant("x", "192.0.2.0/24", 60, 10, 1000, null, BERLIN),
            new KeyGrant("x", "192.0.2.0/24", 60, 10, 1000, NOW, ""),
            new KeyGrant("x", "192.0.2.0/24", 60, 10, 1000, NOW, MUNICH))
        .forEach(wide -> assertThat(row(wide).genuine(HMAC, mac)).as("%s", wide).isFalse());
    byte[] ending = row(ENDING).mac(HMAC);
    assertThat(row(PLAIN).genuine(HMAC, ending)).isFalse();
    assertThat(row(narrow).genuine(HMAC, oldMac())).isFalse();
  }
}
