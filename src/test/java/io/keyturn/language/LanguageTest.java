package io.keyturn.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de|GERMAN",
        "de-AT,en;q=0.5|GERMAN",
        "en-GB,de;q=0.9|ENGLISH",
        "fr,de;q=0.5,en;q=0.7|ENGLISH",
        "fr-CH, de;q=0.5|GERMAN",
        "tr|ENGLISH",
        "*|ENGLISH",
        "de;q=0|ENGLISH",
        "not a language;;q=x|ENGLISH",
      })
  void browserGetsTheOfferedLanguageThatItLikesBest(String header, Language expected) {
    assertThat(Language.accepted(header)).isEqualTo(expected);
  }

  @Test
  void browserThatAsksForNoneGetsEnglish() {
    assertThat(Language.accepted(null)).isEqualTo(Language.ENGLISH);
    assertThat(Language.accepted("")).isEqualTo(Language.ENGLISH);
  }

  @Test
  void textsDoNotFollowTheLanguageOfTheMachine() {
    Locale machine = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Texts.of("pages", Language.ENGLISH).get("frame.settings")).isEqualTo("Settings");
      assertThat(Texts.of("pages", Language.GERMAN).get("frame.settings"))
          .isEqualTo("Einstellungen");
    } finally {
      Locale.setDefault(machine);
    }
  }
}
