package io.keyturn.console;

import io.keyturn.language.Texts;
import io.keyturn.user.BuiltInRole;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.util.AbstractMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the pages in the language of the request: {@code #{t['login.title']}}, and with
 * parameters {@code #{t.of('keys.more', count)}}.
 */
@Named("t")
@RequestScoped
public class PageTexts extends AbstractMap<String, String> {
  private static final String BEFORE = "_before";

  @Inject private PageLanguage language;

  private @Nullable Texts texts;

  private Texts texts() {
    Texts known = texts;
    if (known == null) {
      known = language.texts();
      texts = known;
    }
    return known;
  }

  /**
   * The text with this key.
   *
   * @throws IllegalArgumentException where there is none
   */
  @Override
  public String get(Object key) {
    return texts().get((String) key);
  }

  /**
   * The text with this key and parameters. Numbers are written as the language writes them.
   *
   * @throws IllegalArgumentException where there is none
   */
  public String of(String key, Object... parameters) {
    return texts().get(key, parameters);
  }

  /** What a service or a bean says in English, in the language of the request. */
  public String said(@Nullable String english) {
    return english == null ? "" : language.sentences().translate(english);
  }

  /** The word for a code of the API, such as a status; the code where there is no word. */
  public String word(@Nullable String code) {
    return code == null ? "" : texts().find("word." + code).orElse(code);
  }

  /** The name of a fact of an audit event; a fact that is no longer known is named as it is. */
  public String fact(String name) {
    Texts all = texts();
    if (name.endsWith(BEFORE)) {
      String now = name.substring(0, name.length() - BEFORE.length());
      return all.get("audit_fact.before_of", fact(now));
    }
    return all.find("audit_fact." + name).orElse(name);
  }

  /** The name of a role. */
  public String role(@Nullable String name) {
    return name == null ? "" : BuiltInRole.translated(name, texts());
  }

  /** A number as the language writes it. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(language.getLocale()).format(number);
  }

  /** The name of a country by its code (ISO 3166-1). */
  public String country(@Nullable String code) {
    return code == null
        ? ""
        : new Locale.Builder().setRegion(code).build().getDisplayCountry(language.getLocale());
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return texts().all().entrySet();
  }

  /** The container puts a bean into a map before it knows its language. */
  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }
}
