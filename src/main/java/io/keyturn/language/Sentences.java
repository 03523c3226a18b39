package io.keyturn.language;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates what services say, such as why they refuse something. Services make their sentences in
 * English, because the API answers them as they are. A page shows them in the reader's language: an
 * English sentence is found by its template in {@code sentences_en.properties}, and its parameters
 * are put into the template with the same key in the other language. A parameter {@code {0}} is
 * taken as it is: a name, say. {@code {0,number}} is digits only, and {@code {0,said}} is itself
 * what a service says.
 */
public final class Sentences {
  private static final String AREA = "sentences";
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\d)(,number|,said)?}");
  private static final Pattern OF_FIELD =
      Pattern.compile("([a-z][a-z0-9_.]*: )(.+?)(\\.?)", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final Map<Language, Sentences> READ = new ConcurrentHashMap<>();

  private final Language language;
  private final Map<String, String> whole = new HashMap<>();
  private final List<Template> templates = new ArrayList<>();

  /**
   * A sentence with parameters.
   *
   * @param literal what is in it besides its parameters
   * @param english matches the sentence
   * @param parameters what its groups are
   * @param text the pattern in the other language
   */
  private record Template(
      String literal, Pattern english, List<Parameter> parameters, String text) {}

  /** A parameter: its number, and {@code number}, {@code said} or {@code null}. */
  private record Parameter(int number, String kind) {}

  private Sentences(Language language) {
    this.language = language;
    Texts english = Texts.of(AREA, Language.ENGLISH);
    Texts texts = Texts.of(AREA, language);
    english
        .all()
        .forEach(
            (key, sentence) -> {
              if (PARAMETER.matcher(sentence).find()) {
                templates.add(template(sentence, texts.get(key)));
              } else {
                whole.put(sentence, texts.get(key));
              }
            });
    // What says more in its own words fits better.
    templates.sort(
        Comparator.comparingInt((Template t) -> t.literal().length())
            .reversed()
            .thenComparing(Template::literal));
  }

  private static Template template(String sentence, String text) {
    Matcher parameter = PARAMETER.matcher(sentence);
    StringBuilder pattern = new StringBuilder();
    StringBuilder literal = new StringBuilder();
    List<Parameter> parameters = new ArrayList<>();
    int end = 0;
    while (parameter.find()) {
      pattern
          .append(Pattern.quote(sentence.substring(end, parameter.start())))
          .append(",number".equals(parameter.group(2)) ? "(" + NUMBER + ")" : "(.*)");
      literal.append(sentence, end, parameter.start());
      parameters.add(
          new Parameter(
              Integer.parseInt(parameter.group(1)),
              String.valueOf(parameter.group(2)).replace(",", "")));
      end = parameter.end();
    }
    pattern.append(Pattern.quote(sentence.substring(end)));
    literal.append(sentence.substring(end));
    return new Template(
        literal.toString(), Pattern.compile(pattern.toString(), Pattern.DOTALL), parameters, text);
  }

  /** The sentences of a language, which are read once. */
  public static Sentences in(Language language) {
    return READ.computeIfAbsent(language, Sentences::new);
  }

  /**
   * The sentence in this language; as it is where it is not known. Of {@code country: must be …},
   * the name of the field stays.
   */
  public String translate(String english) {
    return language == Language.ENGLISH
        ? english
        : known(english).or(() -> ofField(english)).orElse(english);
  }

  private Optional<String> ofField(String english) {
    Matcher field = OF_FIELD.matcher(english);
    return field.matches()
        ? known(field.group(2)).map(text -> field.group(1) + text + field.group(3))
        : Optional.empty();
  }

  /** The sentence in this language; empty where it is not known. */
  public Optional<String> known(String english) {
    String text = whole.get(english);
    return text == null
        ? templates.stream()
            .map(template -> fill(template, english))
            .filter(filled -> filled != null)
            .map(String::valueOf)
            .findFirst()
        : Optional.of(text);
  }

  private @Nullable String fill(Template template, String english) {
    Matcher matcher = template.english().matcher(english);
    if (!matcher.matches()) {
      return null;
    }
    Object[] values = new Object[10];
    for (int i = 0; i < template.parameters().size(); i++) {
      Parameter parameter = template.parameters().get(i);
      String value = matcher.group(i + 1);
      values[parameter.number()] =
          switch (parameter.kind()) {
            case "number" -> Long.valueOf(value);
            case "said" -> translate(value);
            default -> value;
          };
    }
    return new MessageFormat(template.text(), language.locale()).format(values);
  }
}
