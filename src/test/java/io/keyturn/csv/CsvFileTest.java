package io.keyturn.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  private static final String TABLE =
      "name;city\r\n\"Müller; Söhne\";Köln\r\nÉtoile;\"Two\nlines\"";

  private static List<List<String>> read(byte[] bytes) throws IOException {
    CsvFile file = new CsvFile(slow(bytes));
    List<List<String>> rows = new ArrayList<>();
    for (CsvFile.Row row = file.next(); row != null; row = file.next()) {
      rows.add(row.cells());
    }
    return rows;
  }

  /** As a network gives it: a few bytes at a time. */
  private static InputStream slow(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(7, length));
      }
    };
  }

  private static List<List<String>> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, ''",
    "UTF-8, EFBBBF",
    "windows-1252, ''",
    "UTF-16LE, FFFE",
    "UTF-16BE, FEFF",
  })
  void encodingIsFound(String charset, String mark) throws IOException {
    byte[] begin = java.util.HexFormat.of().parseHex(mark);
    byte[] text = TABLE.getBytes(Charset.forName(charset));
    byte[] bytes = new byte[begin.length + text.length];
    System.arraycopy(begin, 0, bytes, 0, begin.length);
    System.arraycopy(text, 0, bytes, begin.length, text.length);

    assertThat(read(bytes))
        .containsExactly(
            List.of("name", "city"),
            List.of("Müller; Söhne", "Köln"),
            List.of("Étoile", "Two\nlines"));
  }

  @Test
  void firstOtherCharacterMayBeFarBehindTheHeader() throws IOException {
    String text = "name\n" + "plain\n".repeat(20_000) + "Köln\nZürich\n";

    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
      assertThat(read(text.getBytes(charset)))
          .hasSize(20_003)
          .endsWith(List.of("Köln"), List.of("Zürich"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void separatorIsFound(String separator) throws IOException {
    String text = "a%1$s\"b;,b;,\"%1$sc\n1%1$s2%1$s3".formatted(separator);

    assertThat(read(text)).containsExactly(List.of("a", "b;,b;,", "c"), List.of("1", "2", "3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lineEndsMayBeAnyAndBlankLinesAreLeftOut(String end) throws IOException {
    assertThat(read(String.join(end, "a,b", "1,2", "", " , ", "\"x\",y", "")))
        .containsExactly(List.of("a", "b"), List.of("1", "2"), List.of("x", "y"));
  }

  @Test
  void lineThatNamesTheSeparatorIsNotTheHeader() throws IOException {
    assertThat(read("sep=;\r\na,a;b\r\n1;2\r\n"))
        .containsExactly(List.of("a,a", "b"), List.of("1", "2"));
  }

  @Test
  void rowsKnowTheirLinesAndAreWithoutGuards() throws IOException {
    CsvFile file =
        new CsvFile(slow("a,b\n\"x\ny\",'=1\n'+49,''=2\n".getBytes(StandardCharsets.UTF_8)));

    assertThat(file.next()).isEqualTo(new CsvFile.Row(1, List.of("a", "b")));
    assertThat(file.next()).isEqualTo(new CsvFile.Row(3, List.of("x\ny", "=1")));
    assertThat(file.next()).isEqualTo(new CsvFile.Row(4, List.of("+49", "'=2")));
    assertThat(file.next()).isNull();
  }

  @Test
  void emptyFileHasNoRows() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read(" \n\n")).isEmpty();
  }

  @Test
  void otherFilesAreRefusedNamingWhy() {
    refused(new byte[] {'P', 'K', 3, 4, 20, 0}, "workbook");
    refused(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1}, "workbook");
    refused("a,b\n\0,2\n".getBytes(StandardCharsets.UTF_8), "not text");
    refused("a\nb\n".getBytes(StandardCharsets.UTF_16LE), "not text");
    refused(new byte[] {'a', '\n', (byte) 0xC3, (byte) 0xBC, '\n', (byte) 0xFC}, "encoding");
    refused("a,b\n\"1\"x,2\n".getBytes(StandardCharsets.UTF_8), "line 2");
    refused("a,b\n1,\"2\n3,4\n".getBytes(StandardCharsets.UTF_8), "quotation mark");
  }

  @Test
  void rowThatDoesNotEndIsRefusedBeforeItFillsTheMemory() {
    InputStream endless =
        new InputStream() {
          private int read;

          @Override
          public int read() {
            read++;
            assertThat(read).as("characters").isLessThan(2 * CsvFile.LONGEST_ROW);
            return read == 1 ? '"' : 'a';
          }
        };

    assertThatThrownBy(() -> new CsvFile(endless).next())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("row of more than");
  }

  private static void refused(byte[] bytes, String why) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("file: ")
        .hasMessageContaining(why);
  }
}
