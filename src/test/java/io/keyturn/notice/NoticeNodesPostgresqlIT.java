package io.keyturn.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.ScriptedMailServer;
import io.keyturn.support.ScriptedMailServer.Manner;
import io.keyturn.support.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes that share the work, and a node that is killed while it sends. */
class NoticeNodesPostgresqlIT {
  private static final int KEYS = 40;

  private static KeyturnServer node(String name, ScriptedMailServer mail) {
    return KeyturnServer.named(name)
        .setting("KEYTURN_MAIL_HOST", "127.0.0.1")
        .setting("KEYTURN_MAIL_PORT", Integer.toString(mail.port()))
        .setting("KEYTURN_MAIL_TLS", "none")
        .setting("KEYTURN_MAIL_FROM", "keyturn@platform.example");
  }

  @Test
  void nobodyGetsANoticeTwice() throws Exception {
    try (ScriptedMailServer mail = new ScriptedMailServer(Manner.ACCEPTS);
        KeyturnServer one = node("notice-one", mail).on(TestDatabase.POSTGRESQL).start();
        KeyturnServer two = node("notice-two", mail).besides(one).start()) {
      NoticedOrganisation organisation = new NoticedOrganisation(one);
      organisation.person("manager", "KEY_MANAGER");
      List<Key> keys = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        keys.add(organisation.key("key " + i));
      }
      Thread a = again(one.control());
      Thread b = again(two.control());
      keys.forEach(organisation::expireIn3Days);
      a.interrupt();
      b.interrupt();
      a.join();
      b.join();
      // An interrupted call may still be at work in its node, which keeps the other node out.
      Eventually.within(
          Duration.ofSeconds(30),
          () -> {
            one.control().notices();
            assertThat(organisation.told("KEY_EXPIRING")).hasSize(2 * KEYS);
          });
      organisation.mailsAreDue();
      Thread c = new Thread(one.control()::notices);
      Thread d = new Thread(two.control()::notices);
      c.start();
      d.start();
      c.join();
      d.join();
      assertThat(mail.taken().stream().map(NoticeNodesPostgresqlIT::id))
          .as("each planned mail is sent once")
          .doesNotHaveDuplicates()
          .hasSameSizeAs(organisation.mails())
          .hasSizeGreaterThanOrEqualTo(2);

      killedWhileSending(one, two, mail, organisation);
    }
  }

  private static Thread again(Control control) {
    Thread thread =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  control.notices();
                } catch (IllegalStateException e) {
                  return;
                }
              }
            });
    thread.start();
    return thread;
  }

  /** The mail server has the mail, and the node dies before it can note that. */
  private static void killedWhileSending(
      KeyturnServer one,
      KeyturnServer two,
      ScriptedMailServer mail,
      NoticedOrganisation organisation) {
    mail.manner(Manner.IS_SILENT);
    int before = mail.taken().size();
    organisation.expireIn3Days(organisation.key("last"));
    two.control().notices();
    organisation.mailsAreDue();
    Thread sending =
        new Thread(
            () -> {
              try {
                one.control().notices();
              } catch (AssertionError e) {
                // The node was killed.
              }
            });
    sending.start();
    Eventually.within(
        Duration.ofSeconds(30), () -> assertThat(mail.taken()).hasSizeGreaterThan(before));
    one.kill();
    mail.manner(Manner.ACCEPTS);
    List<String> interrupted = mail.taken().subList(before, mail.taken().size());

    two.control().notices();
    two.control().notices();

    assertThat(mail.taken())
        .filteredOn(taken -> id(taken).equals(id(interrupted.get(0))))
        .as("the mail that was sent when the node died")
        .hasSize(1);
  }

  private static String id(String mail) {
    return mail.lines().filter(line -> line.startsWith("Message-ID:")).findFirst().orElseThrow();
  }
}
