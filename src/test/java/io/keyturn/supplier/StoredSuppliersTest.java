package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.database.SchemaIntegrator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** Suppliers of earlier versions. */
class StoredSuppliersTest {

  /** The address of an empty database for JDBC, with the user who owns it. */
  String database() throws SQLException {
    return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;USER=sa";
  }

  /** A single byte in SQL. */
  String oneByte() {
    return "X'00'";
  }

  /** The SQL function that makes a text of UTF-8. */
  String decoded(String column) {
    return "UTF8TOSTRING(" + column + ")";
  }

  private static FluentConfiguration flyway(String url) {
    return Flyway.configure()
        .dataSource(url, null, null)
        .javaMigrations(SchemaIntegrator.migrations());
  }

  private static void insert(Statement statement, UUID organisation) throws SQLException {
    statement.execute(
        "INSERT INTO organisation (id, domain, name, strict, created_at, version)"
            + " VALUES ('%s', 'one', 'One', FALSE, CURRENT_TIMESTAMP, 0)".formatted(organisation));
  }

  @Test
  void columnsAreFilledFromTheOldOnes() throws SQLException {
    String url = database();
    FluentConfiguration flyway = flyway(url);
    flyway.target("16").load().migrate();
    UUID organisation = UUID.randomUUID();
    UUID location = UUID.randomUUID();
    UUID supplier = UUID.randomUUID();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      insert(statement, organisation);
      statement.execute(
          "INSERT INTO location VALUES ('%s', '%s', 'Straße', %s)"
              .formatted(location, organisation, oneByte()));
      statement.execute(
          ("INSERT INTO supplier (id, organisation_id, number, external_id, name, sort_name,"
                  + " legal_name, search_text, type, status, onboarding_status, country, categories,"
                  + " currency, created_at, updated_at, version) VALUES ('%s', '%s', 'S-000001',"
                  + " 'ERP-1', 'Zürich', %s, NULL, 'old', 'COMPANY', 'ARCHIVED', 'INVITED', 'CH',"
                  + " 'Freight' || CHR(10) || 'Rail', 'CHF', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 3)")
              .formatted(supplier, organisation, oneByte()));
      statement.execute(
          "INSERT INTO supplier_location VALUES ('%s', '%s', '%s')"
              .formatted(organisation, supplier, location));

      flyway.target("31").load().migrate();
      for (String term :
          List.of("TAG', 'on time", "DEPARTMENT', 'd-1", "OWNER', 'u-1", "IDENTIFIER', 'vat:1")) {
        statement.execute(
            ("INSERT INTO supplier_term (organisation_id, supplier_id, kind, term)"
                    + " VALUES ('%s', '%s', '%s')")
                .formatted(organisation, supplier, term));
      }
      flyway.target("latest").load().migrate();

      assertThat(text(statement, "search_text")).isEqualTo("zurich\ns-000001\nerp-1");
      assertThat(text(statement, decoded("sort_name"))).isEqualTo("zurich");
      assertThat(text(statement, "categories"))
          .isEqualTo("custom\tFreight\tFreight\ncustom\tRail\tRail");
      assertThat(text(statement, "addresses")).contains("\"country\":\"CH\"", "\"primary\":true");
      assertThat(text(statement, "locations")).isEqualTo(location.toString());
      assertThat(text(statement, "filter_terms"))
          .startsWith("\n")
          .endsWith("\n")
          .satisfies(
              terms ->
                  assertThat(terms.strip().split("\n"))
                      .containsExactlyInAnyOrder(
                          "CATEGORY custom:Freight",
                          "CATEGORY custom:Rail",
                          "TAG on time",
                          "DEPARTMENT d-1",
                          "OWNER u-1"));
      assertThat(text(statement, "onboarding_status")).isEqualTo("NOT_STARTED");
      assertThat(text(statement, "archived_at")).isNotNull();
      assertThat(one(statement, "SELECT " + decoded("sort_name") + " FROM location"))
          .isEqualTo("strasse");
      assertThat(one(statement, "SELECT MAX(last_number) FROM supplier_register")).isEqualTo("1");
      assertThat(
              one(
                  statement,
                  "SELECT STRING_AGG(term, ',' ORDER BY term) FROM supplier_term"
                      + " WHERE kind = 'CATEGORY'"))
          .isEqualTo("custom:Freight,custom:Rail");
    }
  }

  @Test
  void whatWasFoldedToFinalSigmaOrSharpSIsFoldedAnew() throws SQLException {
    String url = database();
    FluentConfiguration flyway = flyway(url);
    flyway.target("35").load().migrate();
    UUID organisation = UUID.randomUUID();
    UUID supplier = UUID.randomUUID();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      insert(statement, organisation);
      for (String unit : List.of("location", "department")) {
        for (String name : List.of("ΚΩΣ", "Κως")) {
          statement.execute(
              "INSERT INTO %s (id, organisation_id, name, sort_name) VALUES ('%s', '%s', '%s', %s)"
                  .formatted(unit, UUID.randomUUID(), organisation, name, oneByte()));
        }
      }
      String insert =
          "INSERT INTO supplier (id, organisation_id, number, name, sort_name, search_text, type,"
              + " status, categories, filter_terms, created_at, updated_at, version)"
              + " VALUES ('%s', '%s', '%s', '%s', %s, '%s', 'COMPANY', 'ACTIVE', '', '%s',"
              + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 3)";
      statement.execute(
          insert.formatted(
              supplier,
              organisation,
              "S-1",
              "GROẞE Οδός",
              oneByte(),
              "große οδος\ns-1",
              "\nTAG groß\nTAG gross\nTAG οδος\nCATEGORY custom:Maßarbeit\n"));
      statement.execute(
          insert.formatted(
              UUID.randomUUID(), organisation, "S-2", "Zürich", oneByte(), "zurich\ns-2", ""));
      for (String term :
          List.of("TAG', 'groß", "TAG', 'gross", "TAG', 'οδος", "CATEGORY', 'custom:Maßarbeit")) {
        statement.execute(
            ("INSERT INTO supplier_term (organisation_id, supplier_id, kind, term)"
                    + " VALUES ('%s', '%s', '%s')")
                .formatted(organisation, supplier, term));
      }
      String untouched = one(statement, "SELECT sort_name FROM supplier WHERE number = 'S-2'");

      flyway.target("latest").load().migrate();

      String changed = " FROM supplier WHERE number = 'S-1'";
      assertThat(one(statement, "SELECT search_text" + changed)).isEqualTo("grosse οδοσ\ns-1");
      assertThat(one(statement, "SELECT " + decoded("sort_name") + changed))
          .isEqualTo("grosse οδοσ");
      assertThat(one(statement, "SELECT filter_terms" + changed))
          .isEqualTo("\nTAG gross\nTAG οδοσ\nCATEGORY custom:Maßarbeit\n");
      assertThat(one(statement, "SELECT version" + changed)).isEqualTo("3");
      assertThat(
              one(
                  statement,
                  "SELECT STRING_AGG(kind || term, ',' ORDER BY kind, term) FROM supplier_term"))
          .isEqualTo("CATEGORYcustom:Maßarbeit,TAGgross,TAGοδοσ");
      for (String unit : List.of("location", "department")) {
        assertThat(
                one(
                    statement,
                    "SELECT STRING_AGG(%s, ',') FROM %s".formatted(decoded("sort_name"), unit)))
            .isEqualTo("κωσ,κωσ");
      }
      assertThat(one(statement, "SELECT sort_name FROM supplier WHERE number = 'S-2'"))
          .isEqualTo(untouched);
    }
  }

  private static String text(Statement statement, String column) throws SQLException {
    return one(statement, "SELECT " + column + " FROM supplier");
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
