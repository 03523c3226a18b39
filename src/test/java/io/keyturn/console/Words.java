package io.keyturn.console;

import io.keyturn.language.Language;
import io.keyturn.language.Sentences;
import io.keyturn.language.Texts;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
          } else if (PARAMETER.matcher(text).results().count() == 1) {
            Matcher value =
                Pattern.compile(PARAMETER.matcher(quoted(text)).replaceFirst("\\\\E(.+)\\\\Q"))
                    .matcher(english);
            if (value.matches() && !text.equals("{0}")) {
              String argument = value.group(1);
              Set<String> words =
                  from.containsValue(argument) ? in(language, argument) : Set.of(argument);
              words.forEach(word -> names.add(other.replace("{0}", word)));
            }
          }
        });
    names.add(Sentences.in(language).translate(english));
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
