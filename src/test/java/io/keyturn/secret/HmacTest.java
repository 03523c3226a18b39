package io.keyturn.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HmacTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** RFC 4231, test cases 1 and 2. */
  @Test
  void macIsThatOfTheRfc() {
    assertThat(new Hmac(hex("0b".repeat(20))).of(bytes("Hi There")))
        .isEqualTo(hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    assertThat(new Hmac(bytes("Jefe")).of(bytes("what do ya want for nothing?")))
        .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  }

  /**
   * RFC 5869, test case 3: no salt, no info. Of its 42 bytes a derived key is the first block of
   * 32.
   */
  @Test
  void derivationIsThatOfTheRfc() {
    assertThat(Hmac.derive(hex("0b".repeat(22)), ""))
        .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"));
  }

  @Test
  void keysOfDifferentPurposesHaveNothingInCommon() {
    byte[] source = hex("0b".repeat(32));

    assertThat(Hmac.derive(source, "keyturn/v1/kek"))
        .hasSize(32)
        .isNotEqualTo(Hmac.derive(source, "keyturn/v1/row"))
        .isNotEqualTo(source);
  }

  @Test
  void noTwoListsOfPartsCollide() {
    Hmac hmac = new Hmac(new byte[32]);

    assertThat(hmac.ofParts(bytes("ab"), bytes("c")))
        .isNotEqualTo(hmac.ofParts(bytes("a"), bytes("bc")))
        .isNotEqualTo(hmac.ofParts(bytes("abc")))
        .isNotEqualTo(hmac.ofParts(bytes("ab"), bytes("c"), bytes("")))
        .isEqualTo(hmac.ofParts(bytes("ab"), bytes("c")));
  }

  @Test
  void threadsDoNotDisturbOneAnother() throws Exception {
    Hmac hmac = new Hmac(new byte[32]);
    byte[] expected = hmac.of(bytes("message"));
    ExecutorService pool = Executors.newFixedThreadPool(8);
    Callable<Boolean> task =
        () -> {
          for (int i = 0; i < 2000; i++) {
            if (!java.util.Arrays.equals(hmac.of(bytes("message")), expected)) {
              return false;
            }
          }
          return true;
        };
    for (Future<Boolean> right : pool.invokeAll(List.of(task, task, task, task, task, task))) {
      assertThat(right.get()).isTrue();
    }
    pool.shutdown();
  }
}
