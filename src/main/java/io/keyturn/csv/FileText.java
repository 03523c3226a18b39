package io.keyturn.csv;

import io.keyturn.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a file of unknown encoding. A byte order mark says UTF-8 or UTF-16. Without it, the
 * first characters that are not ASCII decide: UTF-8 when they are UTF-8, else Windows-1252. So the
 * file is read once, without holding it.
 */
final class FileText extends Reader {
  private static final int BUFFER = 16 * 1024;

  /** The longest character of UTF-8, in bytes. */
  private static final int LONGEST = 4;

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final PushbackInputStream file;

  /** Reads ASCII, as long as there is nothing else. */
  private final byte[] ascii = new byte[BUFFER];

  private int next;
  private int end;
  private Reader rest = Reader.nullReader();
  private boolean decided;

  /**
   * Begins to read a file.
   *
   * @throws ProblemException 422 for a file that is not text
   */
  FileText(InputStream stream) throws IOException {
    file = new PushbackInputStream(stream, BUFFER);
    byte[] begin = file.readNBytes(LONGEST);
    if (begins(begin, 'P', 'K', 3, 4) || begins(begin, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw ProblemException.invalid(
          "file", "is a workbook of a spreadsheet program; save it as CSV (UTF-8)");
    }
    if (begins(begin, 0xEF, 0xBB, 0xBF)) {
      decide(StandardCharsets.UTF_8, begin, 3);
    } else if (begins(begin, 0xFE, 0xFF)) {
      decide(StandardCharsets.UTF_16BE, begin, 2);
    } else if (begins(begin, 0xFF, 0xFE)) {
      decide(StandardCharsets.UTF_16LE, begin, 2);
    } else {
      file.unread(begin);
    }
  }

  private static boolean begins(byte[] bytes, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private void decide(Charset charset, byte[] read, int from) {
    decided = true;
    rest =
        new InputStreamReader(
            new SequenceInputStream(new ByteArrayInputStream(read, from, read.length - from), file),
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    if (!decided && next == end) {
      fill();
    }
    if (next == end) {
      return decoded(into, from, length);
    }
    int count = Math.min(length, end - next);
    for (int i = 0; i < count; i++) {
      into[from + i] = text((char) ascii[next + i]);
    }
    next += count;
    return count;
  }

  private int decoded(char[] into, int from, int length) throws IOException {
    try {
      int count = rest.read(into, from, length);
      for (int i = 0; i < count; i++) {
        text(into[from + i]);
      }
      return count;
    } catch (CharacterCodingException e) {
      throw ProblemException.invalid(
          "file", "has characters of another encoding than the rest; save it as CSV (UTF-8)");
    }
  }

  private static char text(char c) {
    if (c == 0) {
      throw ProblemException.invalid("file", "is not text; save it as CSV (UTF-8)");
    }
    return c;
  }

  /** Reads ASCII up to the first other character, which decides about the rest. */
  private void fill() throws IOException {
    next = 0;
    end = Math.max(0, file.read(ascii));
    for (int i = 0; i < end; i++) {
      if (ascii[i] < 0) {
        byte[] other = Arrays.copyOfRange(ascii, i, end);
        if (other.length < LONGEST) {
          int have = other.length;
          byte[] more = file.readNBytes(LONGEST - have);
          other = Arrays.copyOf(other, have + more.length);
          System.arraycopy(more, 0, other, have, more.length);
        }
        end = i;
        decide(utf8(other) ? StandardCharsets.UTF_8 : WINDOWS, other, 0);
        return;
      }
    }
  }

  /** Whether bytes begin with a character of UTF-8. */
  private static boolean utf8(byte[] bytes) {
    for (int length = 2; length <= Math.min(LONGEST, bytes.length); length++) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
        return true;
      } catch (CharacterCodingException e) {
        // Perhaps it is a longer character.
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
