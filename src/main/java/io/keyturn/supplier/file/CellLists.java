package io.keyturn.supplier.file;

import io.keyturn.json.JsonText;
import io.keyturn.json.RecordReader;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.Category;
import io.keyturn.supplier.Identifier;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists in a cell. What is written here is read here without loss. */
final class CellLists {
  private static final Pattern COUNTRY = Pattern.compile("([A-Z]{2}):(.*)");
  private static final Pattern SCHEME = Pattern.compile("(?:(cpv|unspsc|custom):)?(.*)");

  /** Between the code and the label of a category. */
  private static final String LABEL = " | ";

  private CellLists() {}

  /** The entries of a cell, one in each line. */
  static List<String> lines(String cell) {
    return cell.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** All entries but the first, which has columns of its own, as JSON; null for none. */
  static @Nullable String further(List<? extends Record> entries) {
    return entries.size() < 2 ? null : JsonText.dense(entries.subList(1, entries.size()));
  }

  /**
   * The entries of a cell of {@link #further}.
   *
   * @throws ProblemException 422 naming the column
   */
  static <T extends Record> List<T> further(String column, Class<T> type, String cell) {
    return cell.isEmpty() ? List.of() : records(column, type, cell);
  }

  private static <T extends Record> List<T> records(String column, Class<T> type, String cell) {
    List<T> entries = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    for (JsonValue value : array(column, cell)) {
      if (!(value instanceof JsonObject object)) {
        throw expected(column);
      }
      try {
        entries.add(RecordReader.read(type, object));
      } catch (ProblemException e) {
        e.errors().forEach(x -> errors.add(new FieldError(column + "." + x.field(), x.message())));
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return entries;
  }

  private static List<JsonValue> array(String column, String cell) {
    try {
      return RecordReader.array(cell);
    } catch (ProblemException e) {
      throw expected(column);
    }
  }

  private static ProblemException expected(String column) {
    return ProblemException.invalid(
        column, "must be a JSON array of objects, as the API has them, or be empty");
  }

  /** As the parameter {@code identifier} has them: {@code vat:DE136695976}. */
  static String ofIdentifiers(List<Identifier> identifiers) {
    return identifiers.stream()
        .map(
            i ->
                i.scheme()
                    + ":"
                    + (i.country() == null || "vat".equals(i.scheme()) ? "" : i.country() + ":")
                    + i.value())
        .collect(Collectors.joining("\n"));
  }

  /** The identifiers of a cell of {@link #ofIdentifiers}, not yet checked. */
  static List<Identifier> identifiers(String cell) {
    return lines(cell).stream().map(CellLists::identifier).toList();
  }

  private static Identifier identifier(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw ProblemException.invalid(
          "identifiers", "must be a scheme, a colon and a value in each line");
    }
    String value = line.substring(colon + 1);
    Matcher country = COUNTRY.matcher(value);
    return country.matches()
        ? new Identifier(line.substring(0, colon), country.group(2), country.group(1))
        : new Identifier(line.substring(0, colon), value, null);
  }

  /**
   * {@code cpv:60100000 | Road transport services}. As JSON where a code holds what stands before a
   * label.
   */
  static String ofCategories(List<Category> categories) {
    if (categories.stream().anyMatch(c -> String.valueOf(c.code()).contains(LABEL))) {
      return JsonText.dense(categories);
    }
    return categories.stream()
        .map(
            c ->
                c.scheme()
                    + ":"
                    + c.code()
                    + (Objects.equals(c.code(), c.label()) ? "" : LABEL + c.label()))
        .collect(Collectors.joining("\n"));
  }

  /**
   * The categories of a cell of {@link #ofCategories}, not yet checked. The scheme custom may be
   * left out.
   */
  static List<Category> categories(String cell) {
    return cell.startsWith("[")
        ? records("categories", Category.class, cell)
        : lines(cell).stream().map(CellLists::category).toList();
  }

  private static Category category(String line) {
    Matcher parts = SCHEME.matcher(line);
    if (!parts.matches()) {
      throw new IllegalStateException("any line has a code");
    }
    String rest = parts.group(2);
    int label = rest.indexOf(LABEL);
    return new Category(
        parts.group(1),
        label < 0 ? rest : rest.substring(0, label),
        label < 0 ? null : rest.substring(label + LABEL.length()));
  }
}
