package io.keyturn.console;

import io.keyturn.language.Texts;
import io.keyturn.notice.NoticeText;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;

/** The texts about notices, in the language of the page and with times of the reader's zone. */
@Named
@RequestScoped
public class NoticeTexts {
  @Inject private ReaderZone zone;
  @Inject private PageLanguage language;

  /** All texts by their keys. */
  public Map<String, String> getAll() {
    return Texts.of("notices", language.get()).all();
  }

  /** The text with this key and parameters. */
  public String get(String key, Object... parameters) {
    return Texts.of("notices", language.get()).get(key, parameters);
  }

  /** What notices say. */
  public NoticeText says() {
    return new NoticeText(language.get(), zone.get());
  }
}
