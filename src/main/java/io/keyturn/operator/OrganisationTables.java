package io.keyturn.operator;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables whose rows belong to organisations, read from the schema itself. So a table created
 * later is neither missing in an export nor left behind by a deletion.
 *
 * @param names sorted so that each table stands before the tables to which it refers; without the
 *     organisation's own table
 */
record OrganisationTables(List<String> names) {
  private static final String OWNER = "organisation_id";

  /** Reads the schema. */
  static OrganisationTables read(Connection connection) throws SQLException {
    DatabaseMetaData schema = connection.getMetaData();
    String column = schema.storesUpperCaseIdentifiers() ? OWNER.toUpperCase(Locale.ROOT) : OWNER;
    Set<String> tables = new TreeSet<>();
    try (ResultSet row = schema.getColumns(null, connection.getSchema(), null, column)) {
      while (row.next()) {
        tables.add(row.getString("TABLE_NAME"));
      }
    }
    return new OrganisationTables(sorted(schema, connection.getSchema(), tables));
  }

  private static List<String> sorted(DatabaseMetaData schema, String name, Set<String> tables)
      throws SQLException {
    SortedMap<String, Set<String>> referred = new TreeMap<>();
    for (String table : tables) {
      Set<String> to = new HashSet<>();
      try (ResultSet row = schema.getImportedKeys(null, name, table)) {
        while (row.next()) {
          to.add(row.getString("PKTABLE_NAME"));
        }
      }
      to.remove(table);
      referred.put(table, to);
    }
    Set<String> sorted = new LinkedHashSet<>();
    while (sorted.size() < tables.size()) {
      String next =
          tables.stream()
              .filter(t -> !sorted.contains(t))
              .filter(
                  t ->
                      referred.entrySet().stream()
                          .noneMatch(e -> !sorted.contains(e.getKey()) && e.getValue().contains(t)))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("tables refer to each other"));
      sorted.add(next);
    }
    return List.copyOf(sorted);
  }

  /** The primary key's columns, separated by commas, for sorting the rows. */
  static String primaryKey(Connection connection, String table) throws SQLException {
    SortedMap<Short, String> columns = new TreeMap<>();
    try (ResultSet row =
        connection.getMetaData().getPrimaryKeys(null, connection.getSchema(), table)) {
      while (row.next()) {
        columns.put(row.getShort("KEY_SEQ"), row.getString("COLUMN_NAME"));
      }
    }
    return String.join(", ", new ArrayList<>(columns.values()));
  }
}
