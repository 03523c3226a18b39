package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.audit.AuditEventView;
import io.keyturn.audit.AuditEventView.ActorView;
import io.keyturn.audit.AuditEventView.SubjectView;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditSentenceTest {

  @ParameterizedTest
  @CsvSource({
    "API_KEY_REFRESHED, api_key, Ann refreshed API key “X”",
    "ORGANISATION_CREATED, organisation, Ann created organisation “X”",
    "SIGNED_IN, user, Ann signed in",
    "SIGN_IN_FAILED, user, Somebody gave a wrong password for “X”",
    "RENEWAL_SWITCHED_ON, api_key, 'Ann: renewal switched on, API key “X”'",
    "whatever, '', 'Ann: whatever,  “X”'"
  })
  void eventIsASentence(String action, String subjectType, String sentence) {
    AuditEventView event =
        new AuditEventView(
            1,
            Instant.EPOCH,
            action,
            new ActorView("person", null, "Ann", null),
            new SubjectView(subjectType, null, "X"),
            Map.of());

    assertThat(AuditSentence.of(event)).isEqualTo(sentence);
  }
}
