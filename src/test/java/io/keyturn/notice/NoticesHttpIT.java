package io.keyturn.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people are told of, and what they see of it in the console. */
class NoticesHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Duration SOON = Duration.ofSeconds(40);

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final NoticedOrganisation organisation = new NoticedOrganisation(SERVER);

  private Page notices(String email) {
    return organisation.visitor(email).open("/notices");
  }

  @Test
  void keyThatExpiresIsToldOnceToWhoeverManagesKeys() {
    NoticedOrganisation other = new NoticedOrganisation(SERVER);
    organisation.person("manager", "KEY_MANAGER");
    organisation.person("viewer", "VIEWER");
    Key key = organisation.key("ERP <b>1</b>");
    organisation.expireIn3Days(key);
    control.notices();
    control.notices();

    assertThat(organisation.told("KEY_EXPIRING")).containsExactly("admin", "manager");
    assertThat(other.told("KEY_EXPIRING")).isEmpty();
    Page page = notices(organisation.admin());
    assertThat(page.html())
        .contains("aria-label=\"Notices, 1 new\"")
        .contains("The key “ERP &lt;b&gt;1&lt;/b&gt;” expires on")
        .contains("href=\"/settings/api-key?id=" + key.id() + "\"")
        .doesNotContain("<b>1</b>")
        .doesNotContain(key.secret());
    assertThat(notices(other.admin()).html())
        .contains("There are no notices for you.")
        .contains("aria-label=\"Notices\"");
  }

  @Test
  void noticeIsReadOnceAndOnlyByItsPerson() {
    String manager = organisation.person("manager", "KEY_MANAGER");
    for (String name : new String[] {"ERP", "CRM"}) {
      organisation.expireIn3Days(organisation.key(name));
    }
    control.notices();
    Visitor admin = organisation.visitor(organisation.admin());
    Page page = admin.open("/notices");
    String first = page.group("data-notice=\"([^\"]+)\"");

    Page one = NoticedOrganisation.read(admin, first);
    Page nothing = NoticedOrganisation.read(admin, "no id");
    String again = NoticedOrganisation.read(admin, first).html();
    Page all = NoticedOrganisation.read(admin, "all");

    assertThat(page.html()).contains("aria-label=\"Notices, 2 new\"");
    assertThat(one.path()).isEqualTo("/notices");
    assertThat(one.html()).contains("aria-label=\"Notices, 1 new\"");
    assertThat(nothing.status()).isEqualTo(400);
    assertThat(again).contains("aria-label=\"Notices, 1 new\"");
    assertThat(all.html()).contains("aria-label=\"Notices\"").contains("expires on");
    assertThat(notices(manager).html()).contains("aria-label=\"Notices, 2 new\"");
    assertThat(admin.open("/notices/read?read=all").status()).isEqualTo(405);
  }

  /** The id of a notice is no right to it, and a request that comes from elsewhere does nothing. */
  @Test
  void noticeOfOthersAndRequestOfAnotherSiteChangeNothing() {
    NoticedOrganisation other = new NoticedOrganisation(SERVER);
    organisation.expireIn3Days(organisation.key("ERP"));
    control.notices();
    Visitor admin = organisation.visitor(organisation.admin());
    Page page = admin.open("/notices");
    String id = page.group("data-notice=\"([^\"]+)\"");
    Visitor stranger = other.visitor(other.admin());

    NoticedOrganisation.read(stranger, id);
    Page foreign =
        admin.post(
            "/notices/read", Map.of("read", "all"), Map.of("Origin", "https://evil.example"));

    assertThat(foreign.status()).isEqualTo(403);
    assertThat(admin.open("/notices").html()).contains("aria-label=\"Notices, 1 new\"");
  }

  @Test
  void personWhoLosesTheRightSeesNothing() {
    String manager = organisation.person("manager", "KEY_MANAGER");
    organisation.expireIn3Days(organisation.key("ERP"));
    control.notices();
    assertThat(notices(manager).html()).contains("ERP");

    control.changeRole(manager, "VIEWER");

    assertThat(notices(manager).html())
        .contains("aria-label=\"Notices\"")
        .contains("There are no notices for you.")
        .doesNotContain("ERP");
  }

  @Test
  void retiredSecretThatIsUsedNearItsEndIsTold() {
    Key old = organisation.key("ERP");
    control.refresh(old, Duration.ofHours(1));
    control.turn(Duration.ofMinutes(50));
    assertThat(api.get("/api/v1/suppliers", old.secret()).status()).isEqualTo(200);

    Eventually.within(
        SOON,
        () -> {
          control.notices();
          assertThat(organisation.told("RETIRED_SECRET_USED")).containsExactly("admin");
        });
    assertThat(notices(organisation.admin()).html())
        .contains("A program still uses the retired secret 1 of the key “ERP”");
  }

  @Test
  void deadSecretIsToldFromANetworkWhereItsKeyWasNeverUsed() {
    Key known = organisation.key("known");
    assertThat(api.get("/api/v1/suppliers", known.secret()).status()).isEqualTo(200);
    Eventually.within(
        SOON,
        () ->
            assertThat(
                    control.sql(
                        "SELECT number FROM client_sighting WHERE accepted > 0 AND api_key_id = '"
                            + known.id()
                            + "'"))
                .isNotEmpty());
    Key found = organisation.key("found");
    for (Key key : new Key[] {known, found}) {
      control.revoke(key);
      assertThat(api.get("/api/v1/suppliers", key.secret()).status()).isEqualTo(401);
    }

    Eventually.within(
        SOON,
        () -> {
          control.notices();
          assertThat(organisation.copies(" AND n.kind = 'DEAD_SECRET_USED'"))
              .extracting(row -> row.getString("subject_name"))
              .containsExactly("found");
        });
    assertThat(requests("known")).isEqualTo(1);
    assertThat(notices(organisation.admin()).html())
        .contains("A secret of the key “found” that no longer works was used from 127.0.0.0/24")
        .doesNotContain(found.secret());
  }

  private int requests(String key) {
    return control
        .sql(
            "SELECT r.request_id FROM api_request r JOIN api_key k ON k.id = r.api_key_id WHERE"
                + " r.status = 401 AND k.name = '"
                + key
                + "' AND k.organisation_id = "
                + organisation.id())
        .size();
  }

  @Test
  void whoeverSendsADeadSecretFromManyNetworksCausesFewNotices() {
    Key key = organisation.key("ERP");
    for (int i = 0; i < 50; i++) {
      refused(organisation, key, "198.51." + i + ".7");
      refused(organisation, key, "2001:db8:0:" + Integer.toHexString(i) + "::7");
    }
    control.notices();
    for (int i = 50; i < 60; i++) {
      refused(organisation, key, "198.51." + i + ".7");
    }
    control.notices();

    assertThat(organisation.copies(" AND n.kind = 'DEAD_SECRET_USED'")).hasSize(4);
    assertThat(notices(organisation.admin()).html())
        .contains("Secrets of the key “ERP” that no longer work are used from many networks");

    for (int i = 0; i < 20; i++) {
      Key another = organisation.key("key " + i);
      refused(organisation, another, "198.51.1.7");
      refused(organisation, another, "198.51.2.7");
    }
    control.notices();

    assertThat(organisation.copies(" AND n.kind = 'DEAD_SECRET_USED'")).hasSize(20);
  }

  /** In one organisation from as many addresses as were once read of the whole platform. */
  @Test
  void manyUsesOfADeadSecretHideNoUseInAnotherOrganisation() {
    NoticedOrganisation other = new NoticedOrganisation(SERVER);
    Key loud = other.key("loud");
    refused(other, loud, "198.51.100.7");
    control.sql(
        """
        INSERT INTO api_request (request_id, organisation_id, share, at, api_key_id,
          credential_number, method, path, status, code, micros, address, user_agent)
        SELECT CAST('%s' || LPAD(CAST(1000 * a.n + b.n AS VARCHAR(8)), 8, '0') AS UUID),
          r.organisation_id, 1, r.at, r.api_key_id, 1, r.method, r.path, 401, r.code, 1,
          '203.0.' || a.n || '.' || b.n, 'curl'
        FROM api_request r, (%s) a, (%s) b WHERE r.api_key_id = '%s'
        """
            .formatted(
                UUID.randomUUID().toString().substring(0, 28),
                numbers(20),
                numbers(200),
                loud.id()));
    Key found = organisation.key("found");
    refused(organisation, found, "192.0.2.7");

    control.notices();

    assertThat(organisation.copies(" AND n.kind = 'DEAD_SECRET_USED'"))
        .extracting(row -> row.getString("subject_name"))
        .containsExactly("found");
  }

  /** A subquery for the numbers from 1. */
  private static String numbers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> "SELECT " + n + " AS n")
        .collect(Collectors.joining(" UNION ALL "));
  }

  /** Writes into the request log what a request with a revoked key's secret leaves there. */
  private void refused(NoticedOrganisation in, Key key, String address) {
    control.sql(
        ("INSERT INTO api_request (request_id, organisation_id, share, at, api_key_id,"
                + " credential_number, method, path, status, code, micros, address, user_agent)"
                + " VALUES ('%s', %s, 1, %s, '%s', 1, 'GET', '/api/v1/suppliers', 401,"
                + " 'key_revoked', 1, '%s', 'curl')")
            .formatted(UUID.randomUUID(), in.id(), Control.time(control.now()), key.id(), address));
  }

  @Test
  void refreshThatIsLateIsToldOnceADay() {
    control.notices();
    control.turn(Duration.ofMinutes(6));
    Key key = organisation.key("ERP");
    control.awayFromTheMinute();
    Instant since = control.now().minus(Duration.ofMinutes(11));
    control.sql(
        "UPDATE api_key SET due_at = %s WHERE id = '%s'".formatted(Control.time(since), key.id()));

    control.notices();
    control.notices();

    assertThat(organisation.told("REFRESH_LATE")).containsExactly("admin");
    assertThat(notices(organisation.admin()).html())
        .contains("The automatic refresh of keys is late")
        .contains("Keys that wait for it: 1.");
    control.refreshDue();
  }

  @Test
  void webhookThatIsDisabledIsToldToItsManagersButNotToWhoeverDidIt() {
    organisation.person("viewer", "VIEWER");
    createAndDisable("https://erp.example.com/hooks");
    control.notices();

    assertThat(organisation.told("WEBHOOK_DISABLED")).containsExactly("admin");
    assertThat(notices(organisation.admin()).html())
        .contains("The webhook https://erp.example.com was disabled")
        .contains("Somebody has disabled it.");
  }

  private void createAndDisable(String url) {
    Key key =
        control.key(
            Control.wish()
                .in(organisation.domain())
                .scopes("webhooks:read webhooks:manage api-keys:read events:read"));
    Answer created = send(key, "POST", "", Json.createObjectBuilder().add("url", url).build());
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    String id = created.json().getJsonObject("webhook").getString("id");
    JsonObject off = Json.createObjectBuilder().add("enabled", false).build();
    Answer disabled = send(key, "PATCH", "/" + id, off);
    assertThat(disabled.status()).as(disabled.body()).isEqualTo(200);
  }

  private Answer send(Key key, String method, String path, JsonObject body) {
    return api.send(
        method,
        "/api/v1/webhooks" + path,
        BodyPublishers.ofString(body.toString()),
        "Authorization",
        "Bearer " + key.secret(),
        "Content-Type",
        "application/json",
        "If-Match",
        "*");
  }

  /** A name that no column takes must not keep the notices of the organisation from being made. */
  @Test
  void webhookWithAVeryLongAddressIsTold() {
    createAndDisable("https://" + "erp.".repeat(300) + "example.com/" + "a".repeat(700));
    control.notices();

    assertThat(organisation.told("WEBHOOK_DISABLED")).containsExactly("admin");
    assertThat(notices(organisation.admin()).html()).contains("The webhook https://erp.erp.");
  }

  @Test
  void whoeverInvitesIsToldThatTheInvitationWasAccepted() {
    organisation.person("other", "ADMINISTRATOR");
    String email = "ada@" + organisation.domain() + ".example";
    Visitor admin = organisation.visitor(organisation.admin());
    Page users = admin.open("/settings/users");
    String link =
        admin
            .press(
                users,
                "invite",
                "invite:invite",
                Map.of("invite:email", email, "invite:role", users.option("Key manager")),
                "messages users:table")
            .group("(/invitation\\?token=[A-Za-z0-9_-]{43})");
    Visitor ada = new Visitor(SERVER);
    ada.submit(
        ada.open(link),
        "form",
        "form:follow",
        Map.of(
            "token",
            link.substring(link.indexOf('=') + 1),
            "form:name",
            "Ada Lovelace",
            "form:new_password",
            NoticedOrganisation.PASSWORD,
            "form:repeated",
            NoticedOrganisation.PASSWORD));
    control.notices();

    assertThat(organisation.told("INVITATION_ACCEPTED")).containsExactly("admin");
    assertThat(admin.open("/notices").html())
        .contains(email + " has accepted your invitation")
        .contains("aria-label=\"Notices, 1 new\"");
  }

  @Test
  void personChoosesOnTheProfileAndIsNotToldOfWhatTheySwitchedOff() {
    Visitor admin = organisation.visitor(organisation.admin());
    Page profile = admin.open("/profile");
    assertThat(profile.html())
        .contains("This platform sends no mails")
        .contains("A key expires in 14, 3 or 1 day");

    Page forged = save(admin, profile, "BY_PIGEON");
    Page saved = save(admin, profile, "OFF");
    organisation.expireIn3Days(organisation.key("ERP"));
    control.notices();

    assertThat(forged.html()).contains("kt-field-error").doesNotContain("Saved.");
    assertThat(saved.html()).contains("Saved. It holds for what happens from now on.");
    assertThat(organisation.told("KEY_EXPIRING")).isEmpty();
    assertThat(admin.open("/profile").html())
        .contains("<option value=\"OFF\" selected=\"selected\">");
  }

  private static Page save(Visitor admin, Page profile, String first) {
    Map<String, String> fields = new HashMap<>();
    String field = profile.group("name=\"(choices:[A-Za-z0-9_]+:0:channel)\"");
    for (NoticeKind kind : NoticeKind.values()) {
      fields.put(field.replace(":0:", ":" + kind.ordinal() + ":"), "CONSOLE");
    }
    fields.put(field, first);
    return admin.press(profile, "choices", "choices:save", fields, "choices messages");
  }

  /** What happened before a person came is no notice for them. */
  @Test
  void personWhoComesLaterHasNoOldNotices() {
    organisation.expireIn3Days(organisation.key("ERP"));
    control.notices();

    String late = organisation.person("late", "ADMINISTRATOR");
    control.notices();

    assertThat(organisation.told("KEY_EXPIRING")).containsExactly("admin");
    assertThat(notices(late).html()).contains("There are no notices for you.");
  }
}
