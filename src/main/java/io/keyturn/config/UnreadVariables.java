package io.keyturn.config;

import io.keyturn.problem.SecretText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Warns of environment variables that look like settings but are read by no feature. Without the
 * warning, a setting with a typo in its name would silently have no effect. The start goes on,
 * because other programs may have variables with such names.
 */
final class UnreadVariables {
  private static final String PREFIX = "KEYTURN_";

  /** Variables that server.xml reads, and the application does not. */
  private static final Set<String> OF_THE_SERVER =
      Set.of("KEYTURN_DATABASE_USER", "KEYTURN_DATABASE_PASSWORD");

  /** Names that src/docs/signing-in.md proposes for the configuration of a directory. */
  private static final String OF_THE_DIRECTORY = "KEYTURN_LDAP_";

  /** Kubernetes sets these for a service that is called {@code keyturn…}. */
  private static final Pattern OF_KUBERNETES =
      Pattern.compile(
          "KEYTURN_([A-Z0-9_]+_)?(SERVICE_(HOST|PORT)(_[A-Z0-9_]+)?"
              + "|PORT_[0-9]+_(TCP|UDP)(_[A-Z]+)?|PORT)");

  /**
   * The most letters in which a variable may differ from a setting and still count as a typo of it.
   */
  private static final int NEAR = 3;

  private UnreadVariables() {}

  /**
   * One warning for each unread variable.
   *
   * @param environment all environment variables
   * @param read the names of the variables that were read
   */
  static List<String> warnings(Map<String, String> environment, Collection<String> read) {
    return new TreeMap<>(environment)
        .keySet().stream()
            .filter(name -> name.startsWith(PREFIX) && !read.contains(name))
            .filter(name -> !OF_THE_SERVER.contains(name) && !name.startsWith(OF_THE_DIRECTORY))
            .filter(name -> !OF_KUBERNETES.matcher(name).matches())
            .map(name -> warning(name, read))
            .toList();
  }

  private static String warning(String name, Collection<String> read) {
    // The value is not shown, since it may be a password.
    String shown = SecretText.hidden(name.length() > 60 ? name.substring(0, 60) + "…" : name);
    Optional<String> near =
        read.stream()
            .filter(known -> distance(name, known) <= NEAR)
            .min(
                Comparator.<String>comparingInt(known -> distance(name, known))
                    .thenComparing(Comparator.naturalOrder()));
    return shown
        + " is set, but nothing reads it"
        + near.map(known -> "; did you mean " + known + "?")
            .orElse(": it is not a setting, or belongs to a feature that is switched off.");
  }

  /** The fewest letters to insert, delete or replace (Levenshtein distance). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
