package io.keyturn.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @Test
  void formIsAsDocumentedForScanners() {
    for (int i = 0; i < 1000; i++) {
      assertThat(Secret.random("kt", "live").reveal()).matches("kt_live_[0-9A-Za-z]{49}");
    }
    assertThat(Secret.random("acme7", "test").reveal()).matches("acme7_test_[0-9A-Za-z]{49}");
  }

  /** Computed by hand: CRC-32 of the text before, in base62, most significant digit first. */
  @Test
  void checksumIsTheCrc32OfAllBefore() {
    String before = "kt_live_" + "0".repeat(43);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(before.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    StringBuilder digits = new StringBuilder();
    for (long rest = crc.getValue(); digits.length() < 6; rest /= 62) {
      digits.insert(0, BASE62.charAt((int) (rest % 62)));
    }

    assertThat(Secret.parse("kt", before + digits)).isPresent();
  }

  @RepeatedTest(20)
  void whatIsMadeIsRead() {
    Secret secret = Secret.random("kt", "test");

    assertThat(Secret.parse("kt", secret.reveal())).contains(secret);
  }

  @Test
  void everyMistypedCharacterIsFound() {
    String secret = Secret.random("kt", "live").reveal();
    for (int at = 0; at < secret.length(); at++) {
      for (char other : BASE62.toCharArray()) {
        String wrong = secret.substring(0, at) + other + secret.substring(at + 1);
        assertThat(Secret.parse("kt", wrong).isPresent()).isEqualTo(wrong.equals(secret));
      }
    }
  }

  @Test
  void everyCutAndEveryExchangeOfNeighboursIsFound() {
    String secret = Secret.random("kt", "live").reveal();
    for (int at = 0; at < secret.length(); at++) {
      assertThat(Secret.parse("kt", secret.substring(0, at))).isEmpty();
      assertThat(Secret.parse("kt", secret.substring(0, at) + secret.substring(at + 1))).isEmpty();
      if (at > 0 && secret.charAt(at) != secret.charAt(at - 1)) {
        assertThat(
                Secret.parse(
                    "kt",
                    secret.substring(0, at - 1)
                        + secret.charAt(at)
                        + secret.charAt(at - 1)
                        + secret.substring(at + 1)))
            .isEmpty();
      }
    }
  }

  @Test
  void randomTextIsNeverASecret() {
    Random random = new Random(20);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("kt_live_");
      for (int c = 0; c < 49; c++) {
        text.append((char) random.nextInt(32, 300));
      }
      assertThat(Secret.parse("kt", text.toString())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "kt", "kt_live_", "kt_prod_", "Bearer kt_live_", "\u0000"})
  @NullAndEmptySource
  void whatHasNotTheFormIsNone(String text) {
    assertThat(Secret.parse("kt", String.valueOf(text))).isEmpty();
  }

  @Test
  void prefixOfAnotherInstallationIsRefused() {
    String secret = Secret.random("kt", "live").reveal();

    assertThat(Secret.parse("kx", secret)).isEmpty();
    assertThat(Secret.parse("k", secret)).isEmpty();
    assertThat(Secret.parse("kt", " " + secret)).isEmpty();
    assertThat(Secret.parse("kt", secret + " ")).isEmpty();
  }

  @Test
  void noTwoAreAlike() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(Secret.random("kt", "live").reveal())).isTrue();
    }
  }

  /** Of 43 000 draws each of the 62 digits must come up about 694 times. */
  @Test
  void digitsAreDrawnEvenly() {
    int[] counts = new int[128];
    for (int i = 0; i < 1000; i++) {
      Secret.random("kt", "live").reveal().substring(8, 51).chars().forEach(c -> counts[c]++);
    }
    for (char digit : BASE62.toCharArray()) {
      assertThat(counts[digit]).isBetween(500, 900);
    }
  }

  @Test
  void digestIsThatOfTheWholeTextAndNoneOfAMistypedOne() {
    Hmac key = new Hmac(new byte[32]);
    String text = Secret.random("kt", "live").reveal();
    byte[] mac = key.of(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    assertThat(Secret.digest("kt", text, key)).isEqualTo(new SecretDigest(mac));
    assertThat(new SecretDigest(mac).bytes()).isEqualTo(mac);
    for (int i = 0; i < mac.length; i++) {
      byte[] other = mac.clone();
      other[i] ^= 1;
      assertThat(new SecretDigest(other)).isNotEqualTo(new SecretDigest(mac));
    }
    assertThat(Secret.digest("kx", text, key)).isNull();
    assertThat(Secret.digest("kt", text.substring(1), key)).isNull();
  }

  @Test
  void isNeverPrinted() {
    Secret secret = Secret.random("kt", "live");

    assertThat(secret.toString()).isEqualTo("Secret[…]");
    assertThat(String.format("%s %s", secret, java.util.List.of(secret)))
        .doesNotContain(secret.reveal().substring(8, 20));
    assertThat(secret.hashCode()).isEqualTo(Secret.random("kt", "live").hashCode());
  }

  @Test
  void maskShowsTheKindAndFourCharacters() {
    Secret secret = Secret.random("kt", "live");

    assertThat(secret.masked())
        .isEqualTo("kt_live_••••••••" + secret.reveal().substring(secret.reveal().length() - 4));
  }

  @Test
  void equalsComparesTheWholeText() {
    Secret secret = Secret.random("kt", "live");

    assertThat(secret)
        .isEqualTo(Secret.parse("kt", secret.reveal()).orElseThrow())
        .isNotEqualTo(Secret.random("kt", "live"))
        .isNotEqualTo(secret.reveal());
  }
}
