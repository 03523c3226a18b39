package io.keyturn.supplier;

import io.keyturn.paging.Cursor;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * An order of the list of suppliers. Suppliers with equal values are sorted by id.
 *
 * @param descending whether the largest value comes first
 */
public record SupplierSort(Column column, boolean descending) {
  public static final SupplierSort DEFAULT = new SupplierSort(Column.NAME, false);

  /** What can be sorted by: attributes that are never null. */
  enum Column {
    NAME("sortName"),
    NUMBER("number"),
    CREATED_AT("createdAt"),
    UPDATED_AT("updatedAt");

    private final String attribute;

    Column(String attribute) {
      this.attribute = attribute;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The attribute of {@link Supplier} that holds the sort value. */
    String attribute() {
      return attribute;
    }

    /** A lower bound for all values. */
    Object lowest() {
      return switch (this) {
        case NAME -> new byte[0];
        case NUMBER -> "";
        case CREATED_AT, UPDATED_AT -> Instant.EPOCH;
      };
    }
  }

  /** The order with this code: a column's code, after {@code -} for the reverse order. */
  public static Optional<SupplierSort> of(String code) {
    boolean descending = code.startsWith("-");
    String name = descending ? code.substring(1) : code;
    return Arrays.stream(Column.values())
        .filter(column -> column.code().equals(name))
        .map(column -> new SupplierSort(column, descending))
        .findFirst();
  }

  /** The list and its order, as a cursor names it. */
  public String list() {
    return "suppliers/" + (descending ? "-" : "") + column.code();
  }

  /** The cursor of the rows after this supplier. */
  Cursor behind(SupplierRecord supplier) {
    return behind(
        supplier.id(),
        switch (column) {
          case NAME -> supplier.sortName();
          case NUMBER -> supplier.number();
          case CREATED_AT -> supplier.createdAt();
          case UPDATED_AT -> supplier.updatedAt();
        });
  }

  /**
   * The cursor of the rows after a supplier.
   *
   * @param value its sort value
   */
  Cursor behind(UUID id, Object value) {
    String text =
        value instanceof byte[] key ? HexFormat.of().formatHex(key) : String.valueOf(value);
    return new Cursor(list(), text, id);
  }

  /**
   * The sort value of a cursor.
   *
   * @throws io.keyturn.problem.ProblemException 422 for a value that the column cannot have
   */
  Object value(Cursor place) {
    try {
      return switch (column) {
        case NAME -> HexFormat.of().parseHex(place.value());
        case NUMBER -> place.value();
        case CREATED_AT, UPDATED_AT -> place.time();
      };
    } catch (IllegalArgumentException e) {
      throw Cursor.invalid();
    }
  }
}
