package io.keyturn.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"})
  void formulaIsText(String formula) throws IOException {
    assertThat(lines("\"a\"", formula)).startsWith("\"a\"\r\n\"'" + formula).endsWith("\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "a=b", "a-b@c", " =", "'=1"})
  void otherTextStaysAsItIs(String text) throws IOException {
    assertThat(lines("\"a\"", text)).isEqualTo("\"a\"\r\n\"" + text + "\"\r\n");
  }

  @Test
  void columnsAndRowsAreReadAsTheyWereWritten() throws IOException {
    StringWriter out = new StringWriter();
    Csv csv = new Csv(out, "a", "b", "c");
    csv.row("say \"hello\", world", "two\r\nlines", null);

    List<CSVRecord> read = CSVFormat.RFC4180.parse(new StringReader(out.toString())).getRecords();

    assertThat(read.get(0).toList()).containsExactly("a", "b", "c");
    assertThat(read.get(1).toList()).containsExactly("say \"hello\", world", "two\r\nlines", "");
  }

  private static String lines(String header, String cell) throws IOException {
    StringWriter out = new StringWriter();
    new Csv(out, header.replace("\"", "")).row(cell);
    return out.toString();
  }
}
