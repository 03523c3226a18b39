package io.keyturn.language;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A language in which people read pages and mails. The API speaks English only. No text follows the
 * language of the machine.
 */
public enum Language {
  ENGLISH(Locale.ENGLISH, "English"),
  GERMAN(Locale.GERMAN, "Deutsch");

  /**
   * The languages that people can have. A language is taken out here as long as its texts are not
   * complete: all else follows this list.
   */
  private static final List<Language> OFFERED = List.of(ENGLISH, GERMAN);

  private final Locale locale;
  private final String ownName;

  Language(Locale locale, String ownName) {
    this.locale = locale;
    this.ownName = ownName;
  }

  /** By which numbers, dates and names of countries are written. */
  public Locale locale() {
    return locale;
  }

  /** The code in addresses, cookies and the database (BCP 47), such as {@code de}. */
  public String code() {
    return locale.getLanguage();
  }

  /** What its speakers call it. */
  public String ownName() {
    return ownName;
  }

  public static List<Language> offered() {
    return OFFERED;
  }

  /** The offered language with this code. */
  public static Optional<Language> of(@Nullable String code) {
    return OFFERED.stream().filter(language -> language.code().equals(code)).findFirst();
  }

  /**
   * The offered language that a browser likes best; English where it likes none of them.
   *
   * @param header the value of {@code Accept-Language} (RFC 9110 §12.5.4)
   */
  public static Language accepted(@Nullable String header) {
    if (header == null) {
      return ENGLISH;
    }
    try {
      List<Locale> locales = OFFERED.stream().map(Language::locale).toList();
      Locale best = Locale.lookup(Locale.LanguageRange.parse(header), locales);
      return of(best == null ? null : best.getLanguage()).orElse(ENGLISH);
    } catch (IllegalArgumentException e) {
      return ENGLISH;
    }
  }
}
