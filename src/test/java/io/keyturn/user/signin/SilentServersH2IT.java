package io.keyturn.user.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformOperator;
import io.keyturn.support.SilentServer;
import io.keyturn.support.TestDirectory;
import io.keyturn.support.TestProvider;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A mail server, a provider of OpenID Connect and a directory that take connections and never
 * answer. Many people come at once: a few of them wait until the time-out, the others are told at
 * once, and so is who comes next.
 */
class SilentServersH2IT {
  private static final int PEOPLE = 16;

  /** How many may wait for one of these servers at a time. */
  private static final int AT_A_TIME = 8;

  private static final SilentServer MAIL = new SilentServer();
  private static final SilentServer PROVIDER = new SilentServer();
  private static final SilentServer DIRECTORY = new SilentServer();
  private static final KeyturnServer SERVER = KeyturnServer.named("silent-servers");

  private record RedactedFailure(String what, Duration after) {}

  @BeforeAll
  static void start() throws IOException {
    SERVER
        .forSigningIn()
        .override("ldap.xml", RegistryH2IT.recipe(DIRECTORY.port()))
        .setting("KEYTURN_LDAP_PASSWORD", TestDirectory.PASSWORD)
        .setting("KEYTURN_LDAP_TRUST_FILE", new TestDirectory().trust().toString())
        .setting("KEYTURN_LDAP_TRUST_PASSWORD", TestDirectory.TRUST_PASSWORD)
        .setting("KEYTURN_REGISTRY_ORGANISATION", "demo")
        .setting("KEYTURN_REGISTRY_ROLES", "cn=staff=Viewer")
        .setting("KEYTURN_OPERATOR_TOKEN_FILE", PlatformOperator.secretFile(PlatformOperator.TOKEN))
        .setting("KEYTURN_MAIL_HOST", "127.0.0.1")
        .setting("KEYTURN_MAIL_PORT", Integer.toString(MAIL.port()))
        .setting("KEYTURN_MAIL_TLS", "none")
        .setting("KEYTURN_MAIL_FROM", "keyturn@platform.example")
        .setting("KEYTURN_OIDC_ISSUER", "http://127.0.0.1:" + PROVIDER.port())
        .setting("KEYTURN_OIDC_CLIENT_ID", "keyturn-test")
        .setting(
            "KEYTURN_OIDC_CLIENT_SECRET_FILE", PlatformOperator.secretFile(TestProvider.SECRET))
        .setting("KEYTURN_OIDC_ROLES", "staff=Viewer")
        .start();
  }

  @AfterAll
  static void stop() throws IOException {
    SERVER.close();
    MAIL.close();
    PROVIDER.close();
    DIRECTORY.close();
  }

  @Test
  void silentMailServerHoldsFewUpAndTheLinkIsShown() throws Exception {
    int before = MAIL.taken();
    Callable<String> invite =
        () ->
            new PlatformOperator(SERVER)
                .create("o" + System.nanoTime())
                .getJsonObject("invitation")
                .getString("mail");

    comeAtOnce("mail", invite, "failed");

    assertThat(MAIL.taken() - before).isBetween(1, AT_A_TIME);
  }

  @Test
  void silentProviderHoldsFewUpAndThePageSaysSo() throws Exception {
    int before = PROVIDER.taken();
    Callable<String> signIn =
        () -> {
          Page page = new Visitor(SERVER).open("/sign-in/oidc");
          assertThat(page.path()).isEqualTo("/login");
          return said(page, "The sign-in provider does not answer");
        };

    comeAtOnce("provider", signIn, "The sign-in provider does not answer");

    assertThat(PROVIDER.taken() - before).isBetween(1, AT_A_TIME);
  }

  @Test
  void silentDirectoryHoldsFewUpAndLocalPeopleSignIn() throws Exception {
    Callable<String> signIn =
        () ->
            said(
                new Visitor(SERVER)
                    .trySignIn("p" + System.nanoTime() + "@acme.example", "password"),
                "The directory does not answer");

    comeAtOnce("directory", signIn, "The directory does not answer");

    new Visitor(SERVER).signIn(KeyturnServer.ADMIN_EMAIL, KeyturnServer.ADMIN_PASSWORD);
  }

  private static String said(Page page, String words) {
    return page.html().contains(words) ? words : page.html();
  }

  /**
   * Lets many come at once, and some more afterwards. None waits for the others, at least those for
   * whom there is no place are told at once, and so is who comes later; health is answered.
   */
  private static void comeAtOnce(String server, Callable<String> come, String told)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
    List<Future<RedactedFailure>> all = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      all.add(threads.submit(() -> time(come)));
    }
    List<RedactedFailure> live = new ArrayList<>();
    while (!all.stream().allMatch(Future::isDone)) {
      live.add(time(() -> Integer.toString(SERVER.status("/health/live"))));
      Thread.sleep(100);
    }
    threads.shutdown();
    List<RedactedFailure> answers = new ArrayList<>();
    for (Future<RedactedFailure> one : all) {
      answers.add(one.get());
    }
    RedactedFailure later = time(come);
    System.out.printf(
        "%s: %s, later %s, health %s%n",
        server,
        answers.stream().map(a -> a.after().toMillis()).sorted().toList(),
        later.after(),
        live.stream().map(RedactedFailure::after).max(Duration::compareTo).orElseThrow());

    assertThat(answers).extracting(RedactedFailure::what).containsOnly(told);
    assertThat(answers).allMatch(a -> a.after().toSeconds() < 20);
    Duration slowest =
        answers.stream().map(RedactedFailure::after).max(Duration::compareTo).orElseThrow();
    assertThat(answers.stream().filter(a -> a.after().plusSeconds(1).compareTo(slowest) < 0))
        .as("were told at once")
        .hasSizeGreaterThanOrEqualTo(PEOPLE - AT_A_TIME);
    assertThat(later.what()).isEqualTo(told);
    assertThat(later.after()).isLessThan(Duration.ofSeconds(3));
    assertThat(live).allMatch(l -> l.what().equals("200") && l.after().toSeconds() < 3);
  }

  private static RedactedFailure time(Callable<String> come) throws Exception {
    long begin = System.nanoTime();
    String what = come.call();
    return new RedactedFailure(what, Duration.ofNanos(System.nanoTime() - begin));
  }
}
