package io.keyturn.paging;

import io.keyturn.http.Ids;
import io.keyturn.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * A place in a sorted list: behind the row with this sort value and id. The checksum finds what was
 * cut or mistyped; whoever forges a well-formed one only names another place in a list that is
 * theirs to read.
 *
 * @param list the list and its order, such as {@code suppliers/-name}: a cursor of another is
 *     refused
 * @param value the row's sort value as text, without control characters
 */
public record Cursor(String list, String value, UUID id) {
  private static final int MAX_LENGTH = 2000;

  /** The opaque text of this cursor: base64url, so that it needs no escaping in an address. */
  public String encode() {
    byte[] text = (list + "\n" + id + "\n" + value).getBytes(StandardCharsets.UTF_8);
    CRC32 checksum = new CRC32();
    checksum.update(text);
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES + text.length)
            .putInt((int) checksum.getValue())
            .put(text)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The cursor in such a text.
   *
   * @param list the list and its order in which it is to be used
   * @throws ProblemException 422 when it is garbled or of another list or order
   */
  public static Cursor decode(String text, String list) {
    if (text.length() > MAX_LENGTH) {
      throw invalid();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      String[] parts =
          new String(bytes, Integer.BYTES, bytes.length - Integer.BYTES, StandardCharsets.UTF_8)
              .split("\n", 3);
      Cursor cursor = new Cursor(parts[0], parts[2], Ids.parse(parts[1]));
      // Encoding anew covers the checksum and every other spelling of the same bytes.
      if (cursor.list.equals(list)
          && cursor.encode().equals(text)
          && cursor.value.chars().noneMatch(Character::isISOControl)) {
        return cursor;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw invalid();
    }
    throw invalid();
  }

  /** The problem of a cursor that names no place in its list. */
  public static ProblemException invalid() {
    return ProblemException.invalid(
        "cursor", "is not a cursor of this list in this order; take next_cursor as it stands");
  }
}
