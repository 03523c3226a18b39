package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.database.SchemaIntegrator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** Suppliers from before V17. */
class StoredSuppliersTest {

  @Test
  void columnsAreFilledFromTheOldOnes() throws SQLException {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    FluentConfiguration flyway =
        Flyway.configure().dataSource(url, "sa", "").javaMigrations(SchemaIntegrator.migrations());
    flyway.target("16").load().migrate();
    UUID organisation = UUID.randomUUID();
    UUID location = UUID.randomUUID();
    UUID supplier = UUID.randomUUID();
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO organisation (id, domain, name, strict, created_at, version)"
              + " VALUES ('%s', 'one', 'One', FALSE, CURRENT_TIMESTAMP, 0)"
                  .formatted(organisation));
      statement.execute(
          "INSERT INTO location VALUES ('%s', '%s', 'Straße', X'00')"
              .formatted(location, organisation));
      statement.execute(
          ("INSERT INTO supplier (id, organisation_id, number, external_id, name, sort_name,"
                  + " legal_name, search_text, type, status, onboarding_status, country, categories,"
                  + " currency, created_at, updated_at, version) VALUES ('%s', '%s', 'S-000001',"
                  + " 'ERP-1', 'Zürich', X'00', NULL, 'old', 'COMPANY', 'ARCHIVED', 'INVITED', 'CH',"
                  + " 'Freight' || CHR(10) || 'Rail', 'CHF', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 3)")
              .formatted(supplier, organisation));
      statement.execute(
          "INSERT INTO supplier_location VALUES ('%s', '%s', '%s')"
              .formatted(organisation, supplier, location));

      flyway.target("latest").load().migrate();

      assertThat(text(statement, "search_text")).isEqualTo("zurich\ns-000001\nerp-1");
      assertThat(text(statement, "UTF8TOSTRING(sort_name)")).isEqualTo("zurich");
      assertThat(text(statement, "categories"))
          .isEqualTo("custom\tFreight\tFreight\ncustom\tRail\tRail");
      assertThat(text(statement, "addresses")).contains("\"country\":\"CH\"", "\"primary\":true");
      assertThat(text(statement, "locations")).isEqualTo(location.toString());
      assertThat(text(statement, "filter_terms"))
          .contains("\nCATEGORY custom:Freight\n", "\nCATEGORY custom:Rail\n");
      assertThat(text(statement, "onboarding_status")).isEqualTo("NOT_STARTED");
      assertThat(text(statement, "archived_at")).isNotNull();
      assertThat(one(statement, "SELECT UTF8TOSTRING(sort_name) FROM location"))
          .isEqualTo("strasse");
      assertThat(one(statement, "SELECT MAX(last_number) FROM supplier_register")).isEqualTo("1");
      assertThat(
              one(
                  statement,
                  "SELECT LISTAGG(term, ',') WITHIN GROUP (ORDER BY term) FROM supplier_term"))
          .isEqualTo("custom:Freight,custom:Rail");
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
