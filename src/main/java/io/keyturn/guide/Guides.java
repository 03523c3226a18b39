package io.keyturn.guide;

import io.keyturn.guide.Guide.Section;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All guides. They are read once, at the first request for a guide. */
@ApplicationScoped
public class Guides {
  private static final String ERRORS = "errors";
  private static final int MOST_FOUND = 30;
  private static final int MOST_WORDS = 10;
  private static final int EXCERPT = 200;

  private final Map<String, Guide> guides = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();

  /**
   * A section that has all words of a search.
   *
   * @param excerpt the text around the first word
   */
  public record Found(Guide guide, Section section, String excerpt) {
    /** The address of the section. */
    public String address() {
      return guide.address() + "#" + section.anchor();
    }
  }

  private record Hit(Found found, int score) {}

  /** Reads the first guide, and all files of the documentation to which it leads. */
  @PostConstruct
  void read() {
    Deque<String> next = new ArrayDeque<>(List.of(GuideFiles.FIRST));
    Set<String> seen = new HashSet<>(next);
    while (!next.isEmpty()) {
      String name = next.remove();
      String text = GuideFiles.text(name).orElseThrow();
      if (GuideFiles.isGuide(name)) {
        GuideReader reader = new GuideReader(name);
        Guide guide = reader.read(text);
        guides.put(guide.path(), guide);
        reader.targets().stream().filter(seen::add).forEach(next::add);
      } else {
        files.put(GuideFiles.path(name), text);
      }
    }
  }

  /** All guides, the first page first. */
  public List<Guide> all() {
    return List.copyOf(guides.values());
  }

  /**
   * The guide at an address.
   *
   * @param path below {@code /docs}; empty for the first page
   */
  public Optional<Guide> at(String path) {
    return Optional.ofNullable(guides.get(path));
  }

  /** The text of another file of the documentation, such as {@code examples/keys.sh}. */
  public Optional<String> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** What the documentation says of the problems with this code. */
  public Optional<Section> problem(String code) {
    return at(ERRORS).stream()
        .flatMap(guide -> guide.sections().stream())
        .filter(section -> section.anchor().equals(code))
        .findFirst();
  }

  /** The sections that have all these words, at most 30, the best first. */
  public List<Found> search(String words) {
    List<String> wanted =
        Arrays.stream(words.strip().toLowerCase(Locale.ROOT).split("\\s+"))
            .filter(word -> !word.isEmpty())
            .limit(MOST_WORDS)
            .toList();
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<Hit> hits = new ArrayList<>();
    for (Guide guide : guides.values()) {
      for (Section section : guide.sections()) {
        int score = score(guide, section, wanted);
        if (score > 0) {
          Found found = new Found(guide, section, excerpt(section.text(), wanted.get(0)));
          hits.add(new Hit(found, score));
        }
      }
    }
    hits.sort(Comparator.comparingInt(Hit::score).reversed());
    return hits.stream().limit(MOST_FOUND).map(Hit::found).toList();
  }

  /** Zero when a word is missing. Words in headings count more, decision records less. */
  private static int score(Guide guide, Section section, List<String> words) {
    String heading = section.title().toLowerCase(Locale.ROOT);
    String text = section.text().toLowerCase(Locale.ROOT);
    int score = 0;
    for (String word : words) {
      boolean above = heading.contains(word);
      boolean below = text.contains(word);
      if (!above && !below) {
        return 0;
      }
      score += (above ? 4 : 0) + (below ? 1 : 0);
    }
    return guide.isRecord() ? score : score + 2 * words.size();
  }

  private static String excerpt(String text, String word) {
    String line = text.strip().replaceAll("\\s+", " ");
    int at = Math.max(0, line.toLowerCase(Locale.ROOT).indexOf(word));
    int from = at < EXCERPT / 2 ? 0 : line.indexOf(' ', at - EXCERPT / 2) + 1;
    int to = Math.min(line.length(), from + EXCERPT);
    return (from > 0 ? "… " : "") + line.substring(from, to) + (to < line.length() ? " …" : "");
  }
}
