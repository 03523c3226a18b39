package io.keyturn.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final byte[] TEXT = "kt_live_text".getBytes(StandardCharsets.US_ASCII);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] key(int seed) {
    byte[] key = new byte[32];
    new Random(seed).nextBytes(key);
    return key;
  }

  private static void assertBroken(Seal seal, byte[] sealed, byte[]... place) {
    assertThatExceptionOfType(Seal.BrokenSeal.class).isThrownBy(() -> seal.open(sealed, place));
  }

  @Test
  void opensAtItsPlaceOnly() {
    Seal seal = new Seal(key(1));
    byte[] sealed = seal.close(TEXT, bytes("organisation"), bytes("key"), bytes("1"));

    assertThat(seal.open(sealed, bytes("organisation"), bytes("key"), bytes("1"))).isEqualTo(TEXT);
    assertBroken(seal, sealed, bytes("organisation"), bytes("key"), bytes("2"));
    assertBroken(seal, sealed, bytes("organisation"), bytes("key1"));
    assertBroken(seal, sealed, bytes("organisationkey"), bytes("1"));
    assertBroken(seal, sealed, bytes("organisation"), bytes("key"), bytes("1"), bytes(""));
    assertBroken(seal, sealed);
  }

  @Test
  void opensUnderItsKeyOnly() {
    byte[] sealed = new Seal(key(1)).close(TEXT, bytes("place"));

    assertBroken(new Seal(key(2)), sealed, bytes("place"));
  }

  @Test
  void everyChangedBitIsFound() {
    Seal seal = new Seal(key(1));
    byte[] sealed = seal.close(TEXT, bytes("place"));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertBroken(seal, changed, bytes("place"));
    }
  }

  @Test
  void everyCutIsFound() {
    Seal seal = new Seal(key(1));
    byte[] sealed = seal.close(TEXT, bytes("place"));
    for (int length = 0; length < sealed.length; length++) {
      assertBroken(seal, java.util.Arrays.copyOf(sealed, length), bytes("place"));
    }
    assertBroken(seal, java.util.Arrays.copyOf(sealed, sealed.length + 1), bytes("place"));
  }

  @Test
  void layoutIsVersionThenIvThenTextThenTag() {
    byte[] sealed = new Seal(key(1)).close(TEXT, bytes("place"));

    assertThat(sealed).hasSize(1 + 12 + TEXT.length + 16).startsWith(1);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("kt_live");
  }

  @Test
  void noIvComesTwice() {
    Seal seal = new Seal(key(1));
    Set<String> ivs = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      byte[] sealed = seal.close(TEXT, bytes("place"));
      assertThat(ivs.add(HexFormat.of().formatHex(sealed, 1, 13))).isTrue();
    }
  }

  @Test
  void brokenSealSaysNothingOfItsContents() {
    assertThatExceptionOfType(Seal.BrokenSeal.class)
        .isThrownBy(() -> new Seal(key(1)).open(new byte[40], bytes("place")))
        .withMessage("a sealed value does not open")
        .withNoCause();
  }
}
