package io.keyturn.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {
  private static final Sentences GERMAN = Sentences.in(Language.GERMAN);

  @Test
  void sentenceOfAServiceIsTranslated() {
    assertThat(GERMAN.translate("Email or password is wrong."))
        .isEqualTo("E-Mail-Adresse oder Passwort ist falsch.");
  }

  @Test
  void nameOfAFieldAtFaultStays() {
    assertThat(GERMAN.translate("action: must be capital letters and _, such as API_KEY_REFRESHED"))
        .startsWith("action: muss ");
    assertThat(GERMAN.translate("status: must be a status such as 404, or a class such as 4xx."))
        .startsWith("status: muss ")
        .endsWith(".");
    assertThat(GERMAN.translate("status: nobody says this."))
        .isEqualTo("status: nobody says this.");
  }

  @Test
  void unknownSentenceStaysAsItIs() {
    assertThat(GERMAN.translate("Nobody says this.")).isEqualTo("Nobody says this.");
    assertThat(GERMAN.known("Nobody says this.")).isEmpty();
  }

  @Test
  void englishStaysAsItIs() {
    assertThat(Sentences.in(Language.ENGLISH).translate("Email or password is wrong."))
        .isEqualTo("Email or password is wrong.");
  }
}
