package io.keyturn.console;

import io.keyturn.language.Language;
import io.keyturn.language.Sentences;
import io.keyturn.language.Texts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a thing of a page is called in a language, by what it is called in English. */
final class Words {
  private static final Pattern PARAMETER = Pattern.compile("\\{\\d}");

  private Words() {}

  /** The names. What one word says in English, several words may say in the other language. */
  static Set<String> in(Language language, String english) {
    if (language == Language.ENGLISH) {
      return Set.of(english);
    }
    Set<String> names = new LinkedHashSet<>();
    Map<String, String> from = Texts.of("pages", Language.ENGLISH).all();
    Texts to = Texts.of("pages", language);
    from.forEach(
        (key, text) -> {
          String other = to.get(key);
          if (text.equals(english)) {
            names.add(other);
          } else if (text.contains("{") && text.matches(".*[A-Za-z]{2}.*")) {
            names.addAll(filled(language, from, text, other, english));
          }
        });
    names.add(Sentences.in(language).translate(english));
    return names;
  }

  /** A text with parameters, which are words of the pages themselves or stay as they are. */
  private static Set<String> filled(
      Language language, Map<String, String> from, String text, String other, String english) {
    Matcher values =
        Pattern.compile(PARAMETER.matcher(quoted(text)).replaceAll("\\\\E(.+)\\\\Q"))
            .matcher(english);
    if (!values.matches()) {
      return Set.of();
    }
    List<String> parameters = PARAMETER.matcher(text).results().map(MatchResult::group).toList();
    Set<String> names = Set.of(other);
    for (int i = 0; i < values.groupCount(); i++) {
      String value = values.group(i + 1);
      Set<String> words = from.containsValue(value) ? in(language, value) : Set.of(value);
      String parameter = parameters.get(i);
      names =
          names.stream()
              .flatMap(name -> words.stream().map(word -> name.replace(parameter, word)))
              .collect(Collectors.toSet());
    }
    return names;
  }

  private static String quoted(String text) {
    return "\\Q" + text + "\\E";
  }

  /** The English texts that no page in another language may have. */
  static Set<String> onlyEnglish(Language language) {
    Set<String> only = new TreeSet<>();
    for (String area : new String[] {"pages", "sentences"}) {
      Map<String, String> to = Texts.of(area, language).all();
      only.addAll(Texts.of(area, Language.ENGLISH).all().values());
      only.removeAll(to.values());
    }
    for (String area : new String[] {"pages", "sentences"}) {
      only.removeAll(Texts.of(area, language).all().values());
    }
    only.removeIf(text -> text.contains("{"));
    return only;
  }
}
