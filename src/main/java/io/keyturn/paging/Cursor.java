package io.keyturn.paging;

import io.keyturn.database.StorableTime;
import io.keyturn.http.Ids;
import io.keyturn.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * A place in a sorted list: after the row with this sort value and id. The checksum detects
 * truncated and mistyped cursors. A forged cursor does no harm, since it only names another place
 * in a list that the client may read.
 *
 * @param list the list and its order, such as {@code suppliers/-name}; a cursor of another list is
 *     refused
 * @param value the row's sort value as text, without control characters
 */
public record Cursor(String list, String value, UUID id) {
  private static final int MAX_LENGTH = 2000;

  /** The cursor as an opaque text: base64url, which needs no escaping in an address. */
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
   * Parses a cursor.
   *
   * @param list the list and the order for which it is used
   * @throws ProblemException 422 when it is malformed, or belongs to another list or order
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
      // The comparison with the encoded cursor checks the checksum, and refuses other spellings of
      // the same bytes.
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

  /**
   * The sort value as a time.
   *
   * @throws ProblemException 422 when it is none that the database can hold
   */
  public Instant time() {
    try {
      Instant time = Instant.parse(value);
      if (StorableTime.is(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      throw invalid();
    }
    throw invalid();
  }

  /** The problem for a cursor that names no place in its list. */
  public static ProblemException invalid() {
    return ProblemException.invalid(
        "cursor", "is not a cursor of this list in this order; send next_cursor unchanged");
  }
}
