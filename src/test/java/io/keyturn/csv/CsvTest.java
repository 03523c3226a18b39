package io.keyturn.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"})
  void formulaIsText(String formula) throws IOException {
    assertThat(lines("\"a\"", formula)).startsWith("\"a\"\r\n\"'" + formula.charAt(0));
  }

  /** Where a program expects another separator, the file's quotation marks do not help. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "x;=1|x;'=1",
        "x,+1,@a|x,'+1,'@a",
        "x\t-1|x\t'-1",
        "=a;=b|'=a;'=b",
        "5,-|5,'-",
        "a-b,c|a-b,c"
      })
  void formulaBehindASeparatorIsText(String text, String written) throws IOException {
    assertThat(lines("\"a\"", text)).isEqualTo("\"a\"\r\n\"" + written + "\"\r\n");
  }

  @Test
  void formulaInALineOfItsOwnIsText() {
    assertThat(Csv.guarded("x\r\n=1\n@a\n b")).isEqualTo("x\r\n'=1\n'@a\n b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "a=b", "a-b@c", " =", "'", "'a", "''"})
  void otherTextStaysAsItIs(String text) throws IOException {
    assertThat(lines("\"a\"", text)).isEqualTo("\"a\"\r\n\"" + text + "\"\r\n");
  }

  @Test
  void columnsAndRowsAreReadAsTheyWereWritten() throws IOException {
    StringWriter out = new StringWriter();
    Csv csv = new Csv(out, CsvDialect.PLAIN, List.of("a", "b", "c"));
    csv.row(Arrays.asList("say \"hello\", world", "two\r\nlines", null));

    List<CSVRecord> read = CSVFormat.RFC4180.parse(new StringReader(out.toString())).getRecords();

    assertThat(read.get(0).toList()).containsExactly("a", "b", "c");
    assertThat(read.get(1).toList()).containsExactly("say \"hello\", world", "two\r\nlines", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1",
        "'=1",
        "''=1",
        "'",
        "'a",
        "+49 30",
        "plain",
        "p;=1",
        "p;'=1",
        "p,''=1\n'+1\r\n=1"
      })
  void guardIsTakenOffWithoutLoss(String text) {
    assertThat(Csv.plain(Csv.guarded(text))).isEqualTo(text);
    assertThat(Csv.guarded(text).charAt(0)).isIn('\'', 'p');
  }

  /** All texts of up to six of these characters. */
  @Test
  void noTextHoldsAFormulaAndNoneIsLost() {
    Pattern formula = Pattern.compile("(?:^|[;\n])[=-]|^\n");
    List<String> texts = List.of("");
    for (int length = 1; length <= 6; length++) {
      texts =
          texts.stream()
              .flatMap(text -> Stream.of("a", "'", ";", "\n", "=", "-").map(text::concat))
              .toList();
      for (String text : texts) {
        String guarded = Csv.guarded(text);
        assertThat(formula.matcher(guarded).find()).as(guarded).isFalse();
        assertThat(Csv.plain(guarded)).isEqualTo(text);
      }
    }
  }

  @Test
  void spreadsheetWithGermanSettingsGetsMarkSemicolonAndComma() throws IOException {
    StringWriter out = new StringWriter();
    Csv csv = new Csv(out, CsvDialect.SPREADSHEET_SEMICOLON, List.of("a", "b"));
    csv.row(List.of("ä.b", new BigDecimal("-4.5")));

    assertThat(out).hasToString("\uFEFF\"a\";\"b\"\r\n\"ä.b\";\"-4,5\"\r\n");
  }

  private static String lines(String header, String cell) throws IOException {
    StringWriter out = new StringWriter();
    new Csv(out, CsvDialect.PLAIN, List.of(header.replace("\"", ""))).row(List.of(cell));
    return out.toString();
  }
}
