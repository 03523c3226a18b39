package io.keyturn.language;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of an area in a language, by their keys. {@code texts/pages_de.properties} has the
 * German texts of the area {@code pages}. A text with parameters is a pattern of {@link
 * MessageFormat}: an apostrophe in it is written twice, and {@code {0,choice,…}} chooses between
 * one and many.
 */
public final class Texts {
  private static final String FOLDER = "io.keyturn.language.";
  private static final Map<String, Map<Language, Texts>> READ = new ConcurrentHashMap<>();

  private final Language language;
  private final Map<String, String> texts;

  private Texts(Language language, Map<String, String> texts) {
    this.language = language;
    this.texts = texts;
  }

  /** The texts of an area, which are read once. */
  public static Texts of(String area, Language language) {
    Texts found = READ.computeIfAbsent(area, Texts::read).get(language);
    if (found == null) {
      throw new IllegalArgumentException("no texts of " + area + " in " + language);
    }
    return found;
  }

  private static Map<Language, Texts> read(String area) {
    Map<Language, Texts> all = new EnumMap<>(Language.class);
    Arrays.stream(Language.values()).forEach(each -> all.put(each, read(area, each)));
    return all;
  }

  private static Texts read(String area, Language language) {
    // Without this control, an absent bundle would be replaced by a bundle in the machine's
    // language.
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            FOLDER + area,
            language.locale(),
            Texts.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    Map<String, String> texts = new HashMap<>();
    bundle.keySet().forEach(key -> texts.put(key, bundle.getString(key)));
    return new Texts(language, Map.copyOf(texts));
  }

  /** The language of these texts. */
  public Language language() {
    return language;
  }

  /** All texts by their keys. */
  public Map<String, String> all() {
    return texts;
  }

  /** The text with this key, where there is one. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(texts.get(key));
  }

  /**
   * The text with this key.
   *
   * @throws IllegalArgumentException where there is none
   */
  public String get(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("no text " + key + " in " + language);
    }
    return text;
  }

  /**
   * The text with this key and parameters. Numbers are written as the language writes them.
   *
   * @throws IllegalArgumentException where there is none
   */
  public String get(String key, Object... parameters) {
    Object[] given =
        Arrays.stream(parameters).map(each -> Objects.requireNonNullElse(each, "")).toArray();
    return new MessageFormat(get(key), language.locale()).format(given);
  }
}
