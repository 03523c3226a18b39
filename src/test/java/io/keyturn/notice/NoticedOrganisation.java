package io.keyturn.notice;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** An organisation of a test, with an administrator, and what its people were told. */
final class NoticedOrganisation {
  static final String PASSWORD = "correct horse battery";

  private final KeyturnServer server;
  private final Control control;
  private final String domain;
  private final String admin;

  NoticedOrganisation(KeyturnServer server) {
    this.server = server;
    this.control = server.control();
    this.domain = control.organisation();
    this.admin = person("admin", "ADMINISTRATOR");
  }

  String domain() {
    return domain;
  }

  /** The address of the administrator. */
  String admin() {
    return admin;
  }

  /** Creates a person; answers the address. */
  String person(String name, String role) {
    String email = name + "@" + domain + ".example";
    control.user(domain, email, role, PASSWORD);
    return email;
  }

  Key key(String name) {
    return control.key(Control.wish().in(domain).named(name));
  }

  Visitor visitor(String email) {
    return new Visitor(server).signIn(email, PASSWORD);
  }

  /** Presses a button of the page of notices. */
  static Visitor.Page read(Visitor visitor, String notice) {
    Visitor.Page page = visitor.open("/notices");
    String origin = page.uri().getScheme() + "://" + page.uri().getAuthority();
    return visitor.post("/notices/read", Map.of("read", notice), Map.of("Origin", origin));
  }

  /** Lets the time come at which others are told that a key expires in three days. */
  void expireIn3Days(Key key) {
    control.expireIn3Days(key);
  }

  /** A subquery for the id of the organisation. */
  String id() {
    return "(SELECT id FROM organisation WHERE domain = '" + domain + "')";
  }

  /** The rows of a query about the organisation's notices {@code n} and their copies {@code c}. */
  List<JsonObject> copies(String condition) {
    return control.sql(
        "SELECT n.kind, n.cause, n.facts, n.subject_name, u.email, c.mail_id FROM notice n JOIN"
            + " notice_copy c ON c.notice_id = n.id JOIN app_user u ON u.id = c.user_id WHERE"
            + " n.organisation_id = "
            + id()
            + condition);
  }

  /** Who was told of a kind, sorted. */
  List<String> told(String kind) {
    return copies(" AND n.kind = '" + kind + "' ORDER BY u.email").stream()
        .map(row -> row.getString("email").split("@")[0])
        .toList();
  }

  /** The mails of the organisation. */
  List<JsonObject> mails() {
    return control.sql(
        "SELECT m.*, u.email FROM notice_mail m JOIN app_user u ON u.id = m.user_id WHERE"
            + " m.organisation_id = "
            + id());
  }

  /** Makes waiting mails due now. */
  void mailsAreDue() {
    control.sql(
        "UPDATE notice_mail SET due_at = %s WHERE state = 'WAITING' AND organisation_id = %s"
            .formatted(Control.time(control.now()), id()));
  }
}
