package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestAuthority;
import io.keyturn.support.TestAuthority.Issued;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import io.keyturn.support.WebhookReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of webhooks. */
class WebhookPagesHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Control CONTROL = SERVER.control();
  private static final String PASSWORD = "correct horse battery";
  private static final String PATH = "/settings/webhooks";
  private static final Duration SOON = Duration.ofSeconds(30);

  private static String organisation = "";
  private static Visitor administrator = new Visitor(SERVER);

  @TempDir private Path folder;
  private final WebhookReceiver receiver = new WebhookReceiver();

  @BeforeAll
  static void signIn() {
    organisation = CONTROL.organisation();
    administrator = person("ADMINISTRATOR");
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private static Visitor person(String role) {
    String email = newcomer(role);
    return new Visitor(SERVER).signIn(email, PASSWORD);
  }

  private static String newcomer(String role) {
    String email = UUID.randomUUID() + "@" + organisation;
    CONTROL.user(organisation, email, role, PASSWORD);
    return email;
  }

  private static String box(Page page, String form, String type) {
    return page.group(
        "for=\"(" + form + ":[^\"]+)\">[^<]*<code>" + Pattern.quote(type) + "</code>");
  }

  /** Opens the form of a new webhook, and sends it. */
  private static Page create(Visitor visitor, String url, String... types) {
    Page page = visitor.open(PATH);
    Page form = visitor.press(page, "begin", "begin:begin", Map.of(), "edit messages");
    Map<String, String> fields = new HashMap<>();
    fields.put("create:url", url);
    fields.put("create:description", "for tests");
    for (String type : types) {
      fields.put(box(form, "create", type), "true");
    }
    return visitor.press(page, "create", "create:create", fields, "edit messages table");
  }

  private static String secret(Page answer) {
    return answer.group("secret&#34;:&#34;(whsec_[^&]+)&#34;");
  }

  /** The page of a new webhook that is told of new keys. */
  private Page created() {
    create(administrator, receiver.url(), "api_key.created");
    return page(receiver.url());
  }

  private static Page page(String url) {
    return administrator.open(
        administrator
            .open(PATH)
            .group("<a href=\"(/settings/webhook\\?id=[^\"]+)\">" + Pattern.quote(url)));
  }

  private static Page act(Page page, String button) {
    return administrator.press(
        page, "acts", "acts:" + button, Map.of(), "messages acts:facts edit deliveries:sent");
  }

  private static Page again(Page page) {
    return administrator.open(page.uri().getPath() + "?" + page.uri().getQuery());
  }

  @Test
  void webhookIsCreatedWithItsSecretShownOnceTestedAndSentAgain() {
    Page created = create(administrator, receiver.url(), "api_key.created", "api_key.expiring");
    String secret = secret(created);
    assertThat(administrator.open(PATH).html()).doesNotContain("whsec_");
    Page page = page(receiver.url());
    assertThat(page.html()).contains("for tests").doesNotContain("whsec_");

    assertThat(act(page, "test").html()).contains("A test event is on its way");
    Eventually.within(
        SOON,
        () ->
            assertThat(again(page).html())
                .contains("webhook.test", "200 after", "thank you", "data-look=\"\""));
    assertThat(receiver.received().get(0).signedWith(secret)).isTrue();

    Page shown = again(page);
    assertThat(shown.html())
        .contains("webhook-timestamp: " + receiver.received().get(0).header("webhook-timestamp"));
    String event = shown.group("data-delivery=\"([^\"]+)\"");
    assertThat(
            administrator
                .pressInRow(shown, "data-delivery", event, "again", "messages deliveries:sent")
                .html())
        .contains("The event is sent again");
    Eventually.within(SOON, () -> assertThat(receiver.received()).hasSize(2));
    String address = page.uri().getPath() + "?" + page.uri().getQuery();
    Eventually.within(
        SOON,
        () ->
            assertThat(administrator.open(address + "&state=pending").html())
                .contains("There is no delivery here"));
    assertThat(administrator.open(address + "&state=delivered").html()).contains(event);
    assertThat(administrator.open(PATH + "?search=" + Visitor.encode(receiver.url())).html())
        .contains("api_key.created, api_key.expiring")
        .contains("Enabled");
    assertThat(administrator.open(PATH + "?search=nowhere").html()).contains("No webhook matches");
  }

  @Test
  void personWithALongEmailAddressCreatesAWebhook() {
    String email = "a".repeat(253 - organisation.length()) + "@" + organisation;
    CONTROL.user(organisation, email, "ADMINISTRATOR", PASSWORD);

    create(new Visitor(SERVER).signIn(email, PASSWORD), receiver.url(), "api_key.created");

    assertThat(page(receiver.url()).html()).contains("a".repeat(200));
  }

  @Test
  void eachFieldAtFaultGetsItsMessageAndNothingIsCreated() {
    Page address = create(administrator, "https://10.0.0.1/" + organisation, "api_key.created");
    assertThat(address.html())
        .contains("Address is in a network to which webhooks may not go.")
        .doesNotContain("whsec_");
    assertThat(create(administrator, "ftp://x", "api_key.created").html())
        .contains("Address must begin with https://.");
    assertThat(create(administrator, receiver.url()).html())
        .contains("kt-field-error\" role=\"alert\">Choose at least one event.")
        .doesNotContain("whsec_");
    assertThat(administrator.open(PATH).html()).doesNotContain("10.0.0.1", receiver.url());
  }

  @Test
  void allFaultsOfAWebhookAreToldAtOnce() {
    Page page = created();
    Page list = administrator.open(PATH);
    administrator.press(list, "begin", "begin:begin", Map.of(), "edit messages");
    // Faces itself leaves out a text that is too long.
    String description = "it rings \u0007";

    String create =
        administrator
            .press(
                list,
                "create",
                "create:create",
                Map.of("create:url", "ftp://x", "create:description", description),
                "edit messages table")
            .html();
    String change =
        save(page, Map.of("data:url", "ftp://x", "data:description", description)).html();

    for (String html : List.of(create, change)) {
      assertThat(html)
          .contains("Address must begin with https://.")
          .contains("Description must have at most 200 characters in one line.")
          .contains("Choose at least one event.");
    }
  }

  @Test
  void webhookIsChangedAndAnOldPageChangesNothing() {
    Page old = created();
    Map<String, String> fields = new HashMap<>();
    fields.put("data:url", receiver.url() + "/new");
    fields.put("data:description", "changed");
    fields.put(box(old, "data", "api_key.revoked"), "true");
    Page other = again(old);

    assertThat(save(old, fields).html()).contains("The webhook was saved.");
    assertThat(page(receiver.url() + "/new").html()).contains("changed");
    assertThat(save(other, fields).html()).contains("changed meanwhile");

    fields.put("data:url", "http://user:password@127.0.0.1/");
    assertThat(save(again(old), fields).html())
        .contains("Address must not contain a user name or a password.");
  }

  @Test
  void actBesideTheFormNeitherHidesAChangeOfSomebodyElseNorHindersSaving() {
    Page old = created();
    Map<String, String> fields = new HashMap<>();
    fields.put("data:url", receiver.url());
    fields.put("data:description", "theirs");
    fields.put(box(old, "data", "api_key.revoked"), "true");
    assertThat(save(again(old), fields).html()).contains("The webhook was saved.");

    fields.put("data:description", "mine");
    assertThat(act(old, "disable").html()).contains("The webhook is disabled.");
    assertThat(save(old, fields).html()).contains("changed meanwhile");

    Page now = again(old);
    assertThat(act(now, "enable").html()).contains("The webhook is enabled.");
    assertThat(save(now, fields).html()).contains("The webhook was saved.");
    assertThat(again(old).html()).contains("value=\"mine\"");
  }

  private static Page save(Page page, Map<String, String> fields) {
    return administrator.press(page, "data", "data:save", fields, "edit head messages acts:facts");
  }

  @Test
  void bothSecretsCountDuringTheOverlap() {
    String first = secret(create(administrator, receiver.url(), "api_key.created"));
    Page page = page(receiver.url());

    assertThat(rotate(page, "999").html())
        .contains("The overlap must be 0 to 168 hours.")
        .doesNotContain("whsec_");
    Page rotated = rotate(page, "2");
    assertThat(rotated.html()).contains("both secrets count").contains("counts until");
    assertThat(rotate(again(page), "2").html())
        .contains("The previous secret still counts until 2")
        .contains("Rotate with 0 hours to end it at once.")
        .doesNotContain("whsec_");
    act(again(page), "test");

    Eventually.within(SOON, () -> assertThat(receiver.received()).hasSize(1));
    assertThat(receiver.received().get(0).signedWith(first)).isTrue();
    assertThat(receiver.received().get(0).signedWith(secret(rotated))).isTrue();
  }

  private static Page rotate(Page page, String hours) {
    return administrator.press(
        page,
        "rotate",
        "rotate:confirm",
        Map.of("rotate:overlap", hours),
        "rotate:panel messages acts:facts");
  }

  @Test
  void disabledWebhookSaysWhyAndIsEnabledAgain() {
    receiver.answering(410);
    Page page = created();
    act(page, "test");
    Eventually.within(
        SOON,
        () -> assertThat(again(page).html()).contains("The receiver answered 410", "410 after"));
    assertThat(again(page).html()).doesNotContain("acts:test");

    receiver.answering(200);
    assertThat(act(again(page), "enable").html()).contains("The webhook is enabled.");
    assertThat(act(again(page), "disable").html())
        .contains("The webhook is disabled.")
        .contains("A person or an API key disabled it.");
  }

  /** It tells the person nothing that the person may no longer read. */
  @Test
  void webhookOfAPersonIsToldOfEventsUntilThePersonIsDeactivated() {
    String email = newcomer("ADMINISTRATOR");
    create(new Visitor(SERVER).signIn(email, PASSWORD), receiver.url(), "api_key.created");
    Page page = page(receiver.url());
    CONTROL.key(Control.wish().in(organisation).named("Before"));
    Eventually.within(SOON, () -> assertThat(receiver.received()).hasSize(1));
    assertThat(receiver.received().get(0).body()).contains("\"Before\"");

    CONTROL.deactivate(email);
    CONTROL.key(Control.wish().in(organisation).named("After"));

    Eventually.within(
        SOON, () -> assertThat(again(page).html()).contains(">Disabled<", "Its owner"));
    assertThat(receiver.received()).hasSize(1);
  }

  /** The page looks for no answer that cannot come. */
  @Test
  void deliveryThatWaitsSaysForWhat() {
    receiver.answering(500);
    Page page = created();
    act(page, "test");
    Eventually.within(SOON, () -> assertThat(again(page).html()).contains("500 after"));
    String id = page.uri().getQuery().replace("id=", "");
    Instant end = CONTROL.now().plus(Duration.ofMinutes(15)).truncatedTo(ChronoUnit.SECONDS);
    CONTROL.sql(
        "UPDATE webhook SET paused_until = %s WHERE id = '%s'".formatted(Control.time(end), id));
    CONTROL.sql(
        "UPDATE webhook_delivery SET attempts = 0, due_at = %s WHERE webhook_id = '%s'"
            .formatted(Control.time(end), id));

    assertThat(again(page).html())
        .contains("the receiver fails: this waits until <time datetime=\"" + end + "\"")
        .contains("data-look=\"\"");

    assertThat(act(again(page), "disable").html())
        .contains("nothing is sent while the webhook is disabled")
        .contains("data-look=\"\"")
        .doesNotContain("waits until", end.toString());
  }

  /** A page never shows a private key, not even that which was entered a moment ago. */
  @Test
  void clientCertificateIsSetAndRemovedAndThePrivateKeyIsNeverShown() throws Exception {
    TestAuthority authority = new TestAuthority(folder);
    Issued issued = authority.issue("keyturn");
    Issued other = authority.issue("other");
    String url = "https://erp.example.com/" + UUID.randomUUID();
    create(administrator, url, "api_key.created");
    Page page = page(url);

    Page wrong = identify(page, issued.chain(), other.privateKey());
    assertThat(wrong.html())
        .contains("Private key is not the private key of the certificate.")
        .contains(lineOf(issued.chain()))
        .doesNotContain(lineOf(other.privateKey()));
    assertThat(identify(again(page), "", "").html()).contains("Certificate must be given.");
    Page set = identify(again(page), issued.chain(), issued.privateKey());
    assertThat(set.html())
        .contains("The client certificate was set.", "CN=keyturn", "CN=Test CA")
        .doesNotContain(lineOf(issued.privateKey()));
    assertThat(again(page).html())
        .contains("CN=keyturn")
        .doesNotContain(lineOf(issued.privateKey()));

    Page removed =
        administrator.press(
            again(page), "remove", "remove:confirm", Map.of(), "messages acts:facts");

    assertThat(removed.html()).contains("The client certificate was removed.");
    assertThat(again(page).html()).doesNotContain("CN=keyturn");
  }

  private static String lineOf(String pem) {
    return pem.lines().skip(2).findFirst().orElseThrow();
  }

  private static Page identify(Page page, String chain, String key) {
    return administrator.press(
        page,
        "certificate",
        "certificate:set",
        Map.of("certificate:certificate_chain", chain, "certificate:private_key", key),
        "certificate:panel messages acts:facts");
  }

  @Test
  void auditLogIsChosenAlone() {
    assertThat(create(administrator, receiver.url(), "api_key.created", "audit.recorded").html())
        .contains(
            "kt-field-error\" role=\"alert\">The audit log tells of all events: choose it alone, or"
                + " choose other events.");
    create(administrator, receiver.url(), "audit.recorded");
    assertThat(page(receiver.url()).html()).contains("audit.recorded");
  }

  @Test
  void deletedWebhookIsGone() {
    Page page = created();

    Page answer = administrator.press(page, "delete", "delete:confirm", Map.of(), "messages");

    assertThat(answer.html()).contains("redirect url=").contains(PATH);
    assertThat(administrator.open(PATH).html()).doesNotContain(receiver.url());
    assertThat(again(page).status()).isEqualTo(404);
  }

  @Test
  void pagesAreClosedToWhoMayNotSeeWebhooks() {
    Page page = created();
    String address = page.uri().getPath() + "?" + page.uri().getQuery();
    Visitor viewer = person("VIEWER");

    for (String path : List.of(PATH, address)) {
      assertThat(viewer.open(path).status()).as(path).isEqualTo(403);
    }
    assertThat(viewer.open("/profile").html()).doesNotContain(PATH);
    String elsewhere = CONTROL.organisation();
    CONTROL.user(elsewhere, "other@" + elsewhere, "ADMINISTRATOR", PASSWORD);
    Visitor stranger = new Visitor(SERVER).signIn("other@" + elsewhere, PASSWORD);
    assertThat(stranger.open(address).status()).isEqualTo(404);
    assertThat(stranger.open(PATH).html()).doesNotContain(receiver.url());
  }

  /**
   * Somebody who may see webhooks, but not what their events are about, cannot get at the events.
   */
  @Test
  void deliveriesAndTheAddressNeedTheRightsOfTheEvents() {
    Page page = created();
    Page roles = administrator.open("/settings/roles");
    Page editor = administrator.press(roles, "begin", "begin:begin", Map.of(), "edit");
    String role = "Plumber " + UUID.randomUUID();
    Map<String, String> fields = new HashMap<>(Map.of("editor:name", role));
    for (String scope : List.of("webhooks:read", "webhooks:manage")) {
      fields.put(box(editor, "editor", scope), "true");
    }
    administrator.press(roles, "editor", "editor:save", fields, "edit messages");
    String email = newcomer("VIEWER");
    Page users = administrator.open("/settings/users");
    administrator.pressInRow(users, "data-user", email, "role", "messages role-dialog");
    administrator.press(
        users, "role", "role:confirm", Map.of("role:role", users.option(role)), "messages");
    Visitor plumber = new Visitor(SERVER).signIn(email, PASSWORD);

    Page seen = plumber.open(page.uri().getPath() + "?" + page.uri().getQuery());
    assertThat(seen.html())
        .contains("Your role does not allow this: See API keys")
        .doesNotContain("data-delivery");
    Page answer =
        plumber.press(
            seen,
            "data",
            "data:save",
            Map.of("data:url", "https://example.com/mine", "data:description", "for tests"),
            "edit head messages");
    assertThat(answer.html()).contains("Your role does not allow this: See API keys");
    assertThat(administrator.open(PATH).html()).contains(receiver.url());
    Page mine = create(plumber, "https://example.com/mine", "webhook.disabled");
    assertThat(secret(mine)).isNotEmpty();
  }
}
