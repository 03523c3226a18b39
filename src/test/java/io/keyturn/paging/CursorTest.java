package io.keyturn.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  private static final String LIST = "suppliers/name";
  private static final UUID ID = UUID.fromString("0b0f7cde-51a4-4e41-9b0f-0a1f8e3f9a11");

  @Test
  void cursorSurvivesEncoding() {
    Cursor cursor = new Cursor(LIST, "Zürich 東京 🎉", ID);

    assertThat(Cursor.decode(cursor.encode(), LIST)).isEqualTo(cursor);
  }

  @Test
  void cursorNeedsNoEscapingInAnAddress() {
    assertThat(new Cursor(LIST, "?&=/+ü", ID).encode()).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void cursorOfAnotherListOrOrderIsRefused() {
    String text = new Cursor("suppliers/-name", "a", ID).encode();

    assertRefused(text);
  }

  @Test
  void cursorWithAnyCharacterChangedIsRefused() {
    String text = new Cursor(LIST, "a", ID).encode();

    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      assertRefused(text.substring(0, i) + other + text.substring(i + 1));
    }
  }

  @Test
  void cursorCutAtAnyPlaceIsRefused() {
    String text = new Cursor(LIST, "a", ID).encode();

    for (int i = 0; i < text.length(); i++) {
      assertRefused(text.substring(0, i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "====", "not base64!", "AAAAAAAA", "%00", "\u0000"})
  void garbageIsRefused(String text) {
    assertRefused(text);
  }

  @Test
  void cursorOfTooManyCharactersIsRefused() {
    assertRefused(new Cursor(LIST, "a".repeat(2000), ID).encode());
  }

  @Test
  void forgedCursorWithRightChecksumIsRefusedWhereDatabasesWouldFail() {
    assertRefused(forged(LIST + "\n" + ID + "\na\u0000b"));
    assertRefused(forged(LIST + "\n1-1-1-1-1\na"));
    assertRefused(forged(LIST + "\n" + ID));
    assertThat(Cursor.decode(forged(LIST + "\n" + ID + "\nab"), LIST).value()).isEqualTo("ab");
  }

  private static String forged(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(4 + bytes.length)
                .putInt((int) checksum.getValue())
                .put(bytes)
                .array());
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Cursor.decode(text, LIST))
        .as(text)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type().status()).isEqualTo(422);
              assertThat(e.errors().get(0).field()).isEqualTo("cursor");
            });
  }
}
