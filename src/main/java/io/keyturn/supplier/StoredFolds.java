package io.keyturn.supplier;

import io.keyturn.database.CodeMigration;
import io.keyturn.supplier.SupplierTerm.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.flywaydb.core.api.migration.Context;

/**
 * Folds anew what earlier versions folded to a ς or a ß. Sort keys are bytes, which the databases
 * treat differently, and the words of a filter hold categories as well, which are not folded.
 */
public class StoredFolds extends CodeMigration {
  private static final int BATCH = 1000;

  /** How a line with a tag begins among the words of a filter. */
  private static final String TAG = Kind.TAG + " ";

  /** Flyway creates it. */
  public StoredFolds() {
    super("36", "stored folds");
  }

  /** A supplier that has such a letter in its names, tags or categories. */
  private record Row(
      UUID id, UUID organisationId, String name, String searchText, String filterTerms) {

    /** Names of categories are not folded, and may have these letters. */
    boolean changes() {
      return !Names.fold(searchText).equals(searchText) || !foldedTerms().equals(filterTerms);
    }

    List<String> tags() {
      return filterTerms
          .lines()
          .filter(line -> line.startsWith(TAG))
          .map(line -> line.substring(TAG.length()))
          .toList();
    }

    String foldedTerms() {
      return filterTerms
          .lines()
          .map(
              line ->
                  line.startsWith(TAG)
                      ? TAG + SupplierTerm.tag(line.substring(TAG.length()))
                      : line)
          .distinct()
          .map(line -> line + "\n")
          .collect(Collectors.joining());
    }
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    foldUnits(connection, "location");
    foldUnits(connection, "department");
    UUID after = new UUID(0, 0);
    List<Row> rows;
    do {
      rows = rows(connection, after);
      List<Row> changed = rows.stream().filter(Row::changes).toList();
      foldSuppliers(connection, changed);
      foldTags(connection, changed);
      after = rows.isEmpty() ? after : rows.get(rows.size() - 1).id();
    } while (rows.size() == BATCH);
  }

  private static List<Row> rows(Connection connection, UUID after) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, organisation_id, name, search_text, filter_terms FROM supplier"
                + " WHERE id > ? AND (search_text LIKE '%ς%' OR search_text LIKE '%ß%'"
                + " OR filter_terms LIKE '%ς%' OR filter_terms LIKE '%ß%')"
                + " ORDER BY id FETCH FIRST "
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
                  row.getString(5)));
        }
      }
    }
    return rows;
  }

  private static void foldSuppliers(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE supplier SET sort_name = ?, search_text = ?, filter_terms = ? WHERE id = ?")) {
      for (Row row : rows) {
        update.setBytes(1, Names.sortKey(row.name()));
        update.setString(2, Names.fold(row.searchText()));
        update.setString(3, row.foldedTerms());
        update.setObject(4, row.id());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** A tag that became the same as another tag of the supplier goes: a word stands there once. */
  private static void foldTags(Connection connection, List<Row> rows) throws SQLException {
    String tag = " WHERE organisation_id = ? AND supplier_id = ? AND kind = 'TAG' AND term = ?";
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM supplier_term" + tag);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO supplier_term (organisation_id, supplier_id, kind, term)"
                    + " SELECT organisation_id, id, 'TAG', ? FROM supplier WHERE id = ?"
                    + " AND NOT EXISTS (SELECT 1 FROM supplier_term"
                    + tag
                    + ")")) {
      for (Row row : rows) {
        for (String old : row.tags()) {
          String now = SupplierTerm.tag(old);
          if (!now.equals(old)) {
            delete.setObject(1, row.organisationId());
            delete.setObject(2, row.id());
            delete.setString(3, old);
            delete.addBatch();
            insert.setString(1, now);
            insert.setObject(2, row.id());
            insert.setObject(3, row.organisationId());
            insert.setObject(4, row.id());
            insert.setString(5, now);
            insert.addBatch();
          }
        }
      }
      delete.executeBatch();
      insert.executeBatch();
    }
  }

  /**
   * Gives the units of a table the sort keys of today. Only their names are unique, so that two of
   * them may get the same.
   */
  static void foldUnits(Connection connection, String table) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, name, sort_name FROM " + table);
        PreparedStatement update =
            connection.prepareStatement("UPDATE " + table + " SET sort_name = ? WHERE id = ?");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        byte[] key = Names.sortKey(row.getString(2));
        if (!Arrays.equals(key, row.getBytes(3))) {
          update.setBytes(1, key);
          update.setObject(2, row.getObject(1, UUID.class));
          update.addBatch();
        }
      }
      update.executeBatch();
    }
  }
}
