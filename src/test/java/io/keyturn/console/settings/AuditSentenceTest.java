package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditEventView;
import io.keyturn.audit.AuditEventView.ActorView;
import io.keyturn.audit.AuditEventView.SubjectView;
import io.keyturn.language.Language;
import io.keyturn.language.Texts;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
    assertThat(sentence(action, subjectType)).isEqualTo(sentence);
  }

  private static String sentence(String action, String subjectType) {
    return AuditSentence.of(
        Texts.of("pages", Language.ENGLISH),
        new AuditEventView(
            1,
            Instant.EPOCH,
            action,
            new ActorView("person", null, "Ann", null),
            new SubjectView(subjectType, null, "X"),
            Map.of()));
  }

  /** Who did it, in words; and to what, unless somebody does it to themselves. */
  @ParameterizedTest
  @EnumSource(AuditAction.class)
  void eachActionHasASentence(AuditAction action) {
    String subjectType =
        Stream.of("api_key", "organisation", "role", "one_time_link")
            .filter(type -> action.name().toLowerCase(Locale.ROOT).startsWith(type))
            .findFirst()
            .orElse("user");

    String sentence = sentence(action.name(), subjectType);

    assertThat(sentence)
        .matches(
            "(Ann:? [a-z]|Somebody |The (user|role|API key) “X” |A (one-time link|retired secret) ).*");
    assertThat(sentence).doesNotContain("_").doesNotContainPattern("[A-Z]{3}_|%");
    assertThat(sentence)
        .containsPattern("“X”|signed in|their password|the audit log|exported suppliers");
  }
}
