package io.keyturn.support;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;

/** What an organisation's keys have been through, read from the database past the application. */
public final class History {
  private final Control control;
  private final String organisation;

  private History(Control control, String organisation) {
    this.control = control;
    this.organisation = organisation;
  }

  public static History of(Control control, String organisation) {
    return new History(control, organisation);
  }

  /** Each key has this number; whatever it went through is there once, and entirely. */
  public void assertWhole(int number) {
    assertWhole();
    assertThat(
            rows(
                "SELECT k.id FROM api_key k WHERE "
                    + mine("k")
                    + " AND k.current_number <> "
                    + number))
        .as("keys that are not at number " + number)
        .isEmpty();
  }

  /** Each key is wholly before or wholly after each of its refreshes. */
  public void assertWhole() {
    assertThat(
            rows(
                "SELECT k.id, k.current_number FROM api_key k WHERE "
                    + mine("k")
                    + " AND (k.current_number <> (SELECT count(*) FROM credential c"
                    + " WHERE c.api_key_id = k.id)"
                    + " OR k.current_number <> (SELECT max(c.number) FROM credential c"
                    + " WHERE c.api_key_id = k.id)"
                    + " OR 1 <> (SELECT count(*) FROM credential c"
                    + " WHERE c.api_key_id = k.id AND c.retired_at IS NULL))"))
        .as("keys whose credentials are not 1 … n with one current")
        .isEmpty();
    assertThat(
            rows(
                "SELECT k.id, k.current_number FROM api_key k WHERE "
                    + mine("k")
                    + " AND k.current_number - 1 <> (SELECT count(*) FROM audit_event e"
                    + " WHERE e.subject_id = k.id AND e.action = 'API_KEY_REFRESHED')"))
        .as("keys without exactly one audit event for each refresh")
        .isEmpty();
    assertThat(
            rows(
                "SELECT e.subject_id, e.details FROM audit_event e WHERE "
                    + mine("e")
                    + " AND e.action = 'API_KEY_REFRESHED'"
                    + " GROUP BY e.subject_id, e.details HAVING count(*) > 1"))
        .as("refreshes told twice")
        .isEmpty();
    assertThat(
            rows(
                "SELECT h.sequence FROM audit_head h WHERE "
                    + mine("h")
                    + " AND h.sequence <> (SELECT count(*) FROM audit_event e"
                    + " WHERE e.organisation_id = h.organisation_id)"))
        .as("gaps in the audit log")
        .isEmpty();
  }

  private String mine(String table) {
    return table
        + ".organisation_id = (SELECT o.id FROM organisation o WHERE o.domain = '"
        + organisation
        + "')";
  }

  private List<JsonObject> rows(String sql) {
    return control.sql(sql);
  }
}
