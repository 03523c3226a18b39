package io.keyturn.supplier;

import io.keyturn.platform.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/**
 * An order of the list of suppliers. What is alike in it is in the order of ids.
 *
 * @param descending whether the largest comes first
 */
public record SupplierSort(Column column, boolean descending) {
  static final SupplierSort DEFAULT = new SupplierSort(Column.NAME, false);

  /** No year of four digits is beyond what both databases store. */
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

  /** What can be sorted by: attributes that are never null. */
  enum Column {
    NAME("name", "sortName", s -> HexFormat.of().formatHex(s.sortName()), HexFormat.of()::parseHex),
    NUMBER("number", "number", Supplier::number, text -> text),
    CREATED_AT("created_at", "createdAt", s -> s.createdAt().toString(), SupplierSort::time),
    UPDATED_AT("updated_at", "updatedAt", s -> s.updatedAt().toString(), SupplierSort::time);

    private final String code;
    private final String attribute;
    private final Function<Supplier, String> write;
    private final Function<String, Object> read;

    Column(
        String code,
        String attribute,
        Function<Supplier, String> write,
        Function<String, Object> read) {
      this.code = code;
      this.attribute = attribute;
      this.write = write;
      this.read = read;
    }

    /** The attribute of {@link Supplier} that holds what is sorted by. */
    String attribute() {
      return attribute;
    }
  }

  /** The order with this code: a column's, with {@code -} before it for the reverse. */
  static Optional<SupplierSort> of(String code) {
    boolean descending = code.startsWith("-");
    String name = descending ? code.substring(1) : code;
    return Arrays.stream(Column.values())
        .filter(column -> column.code.equals(name))
        .map(column -> new SupplierSort(column, descending))
        .findFirst();
  }

  /** The list and its order, as a cursor names it. */
  public String list() {
    return "suppliers/" + (descending ? "-" : "") + column.code;
  }

  /** The place behind this supplier. */
  Cursor behind(Supplier supplier) {
    return new Cursor(list(), column.write.apply(supplier), supplier.id());
  }

  /**
   * The sort value of a place.
   *
   * @throws io.keyturn.problem.ProblemException 422 when it cannot be one
   */
  Object value(Cursor place) {
    try {
      return column.read.apply(place.value());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Cursor.invalid();
    }
  }

  private static Instant time(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST_TIME)) {
      throw new IllegalArgumentException("out of range");
    }
    return time;
  }
}
