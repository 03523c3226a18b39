package io.keyturn.supplier;

import io.keyturn.database.CodeMigration;
import io.keyturn.json.JsonText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.api.migration.Context;
import org.jspecify.annotations.Nullable;

/**
 * Fills the columns of V17 for suppliers that were there before: what is folded, which databases do
 * differently, and the lists that became texts of the row.
 */
public class StoredSuppliers extends CodeMigration {
  private static final int BATCH = 1000;

  /** Flyway creates it. */
  public StoredSuppliers() {
    super("21", "stored suppliers");
  }

  /** A supplier as the version before stored it. */
  private record Row(
      UUID id,
      UUID organisationId,
      String name,
      @Nullable String legalName,
      String number,
      @Nullable String externalId,
      @Nullable String country,
      String categories) {}

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    StoredFolds.foldUnits(connection, "location");
    UUID after = new UUID(0, 0);
    List<Row> rows;
    do {
      rows = rows(connection, after);
      write(connection, rows);
      after = rows.isEmpty() ? after : rows.get(rows.size() - 1).id();
    } while (rows.size() == BATCH);
  }

  private static List<Row> rows(Connection connection, UUID after) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, organisation_id, name, legal_name, number, external_id, country, categories"
                + " FROM supplier WHERE id > ? ORDER BY id FETCH FIRST "
                + BATCH
                + " ROWS ONLY")) {
      select.setObject(1, after);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  row.getObject(1, UUID.class),
                  row.getObject(2, UUID.class),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  row.getString(7),
                  row.getString(8)));
        }
      }
    }
    return rows;
  }

  private static void write(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement update =
            connection.prepareStatement(
                "UPDATE supplier SET sort_name = ?, search_text = ?, categories = ?, addresses = ?,"
                    + " locations = ? WHERE id = ?");
        PreparedStatement term =
            connection.prepareStatement(
                "INSERT INTO supplier_term (organisation_id, supplier_id, kind, term, label)"
                    + " VALUES (?, ?, 'CATEGORY', ?, ?)");
        PreparedStatement places =
            connection.prepareStatement(
                "SELECT location_id FROM supplier_location WHERE organisation_id = ?"
                    + " AND supplier_id = ? ORDER BY location_id")) {
      for (Row row : rows) {
        List<Category> categories =
            row.categories()
                .lines()
                .distinct()
                .map(line -> new Category("custom", line, line))
                .toList();
        update.setBytes(1, Names.sortKey(row.name()));
        update.setString(
            2,
            Supplier.searchText(
                row.name(), row.legalName(), row.number(), row.externalId(), List.of()));
        update.setString(
            3, String.join("\n", categories.stream().map(SupplierLists::line).toList()));
        update.setString(4, JsonText.dense(addresses(row.country())));
        update.setString(5, String.join("\n", locations(places, row)));
        update.setObject(6, row.id());
        update.addBatch();
        for (Category category : categories) {
          term.setObject(1, row.organisationId());
          term.setObject(2, row.id());
          term.setString(3, category.term());
          term.setString(4, category.label());
          term.addBatch();
        }
      }
      update.executeBatch();
      term.executeBatch();
    }
  }

  private static List<Address> addresses(@Nullable String country) {
    return country == null
        ? List.of()
        : List.of(new Address("registered", List.of(), null, null, null, country, true));
  }

  private static List<String> locations(PreparedStatement select, Row row) throws SQLException {
    List<String> ids = new ArrayList<>();
    select.setObject(1, row.organisationId());
    select.setObject(2, row.id());
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        ids.add(found.getObject(1, UUID.class).toString());
      }
    }
    return ids;
  }
}
