package io.keyturn.supplier.file;

import io.keyturn.csv.CsvFile;
import io.keyturn.json.JsonText;
import io.keyturn.json.RecordWriter;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Rows of a file as they are stored. */
final class PieceText {
  private PieceText() {}

  /** A row that was rejected. */
  record Rejected(CsvFile.Row row, String reason) {}

  static String write(List<String> texts) {
    return JsonText.dense(texts);
  }

  static List<String> texts(String json) {
    return texts(RecordWriter.array(json), 0);
  }

  private static List<String> texts(JsonArray array, int from) {
    return array.subList(from, array.size()).stream()
        .map(value -> ((JsonString) value).getString())
        .toList();
  }

  static byte[] ofRows(List<CsvFile.Row> rows) {
    List<List<Object>> lines = new ArrayList<>();
    for (CsvFile.Row row : rows) {
      List<Object> line = new ArrayList<>();
      line.add((int) row.line());
      line.addAll(row.cells());
      lines.add(line);
    }
    return compressed(lines);
  }

  static List<CsvFile.Row> rows(byte[] content) {
    return arrays(content).stream()
        .map(line -> new CsvFile.Row(line(line), texts(line, 1)))
        .toList();
  }

  static byte[] ofRejected(List<Rejected> rejected) {
    List<List<Object>> lines = new ArrayList<>();
    for (Rejected one : rejected) {
      List<Object> line = new ArrayList<>();
      line.add((int) one.row().line());
      line.add(one.reason());
      line.addAll(one.row().cells());
      lines.add(line);
    }
    return compressed(lines);
  }

  static List<Rejected> rejected(byte[] content) {
    return arrays(content).stream()
        .map(line -> new Rejected(new CsvFile.Row(line(line), texts(line, 2)), line.getString(1)))
        .toList();
  }

  private static long line(JsonArray array) {
    return ((JsonNumber) array.get(0)).longValue();
  }

  private static List<JsonArray> arrays(byte[] content) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return RecordWriter.array(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .getValuesAs(JsonArray.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] compressed(List<List<Object>> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(JsonText.dense(lines).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
