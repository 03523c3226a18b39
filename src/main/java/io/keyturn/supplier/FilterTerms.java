package io.keyturn.supplier;

import io.keyturn.supplier.SupplierTerm.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words by which filters find a supplier, as they follow from its data. They stand in the rows
 * of {@link SupplierTerm}, which find the few suppliers with a rare word, and in the supplier's own
 * row, where a list that is read in its order checks them (decision record 0069).
 */
final class FilterTerms {

  /**
   * A word.
   *
   * @param label of a category; null for all else
   */
  record Term(Kind kind, String text, @Nullable String label) {}

  private FilterTerms() {}

  /** All words of a supplier. Two categories may be equal but for their labels. */
  static List<Term> of(SupplierData data) {
    return Stream.of(
            data.tags().stream().map(tag -> new Term(Kind.TAG, SupplierTerm.tag(tag), null)),
            data.categories().stream().map(c -> new Term(Kind.CATEGORY, c.term(), c.label())),
            data.identifiers().stream().map(i -> new Term(Kind.IDENTIFIER, i.term(), null)),
            ids(Kind.DEPARTMENT, data.departments()),
            ids(Kind.OWNER, data.owners()))
        .flatMap(terms -> terms)
        .toList();
  }

  private static Stream<Term> ids(Kind kind, List<Reference> references) {
    return references.stream()
        .map(reference -> new Term(kind, Objects.requireNonNull(reference.id()).toString(), null));
  }

  /**
   * The words in the supplier's own row, each between line feeds. Identifiers are not among them:
   * one supplier at most has each.
   */
  static String text(SupplierData data) {
    Set<String> lines =
        of(data).stream()
            .filter(term -> term.kind() != Kind.IDENTIFIER)
            .map(term -> beginning(term.kind(), term.text()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return lines.isEmpty() ? "" : String.join("", lines) + "\n";
  }

  /** What a text of {@link #text} contains where a word begins like this. */
  static String beginning(Kind kind, String text) {
    return "\n" + kind + " " + text;
  }

  /** What a text of {@link #text} contains where this is a word. */
  static String whole(Kind kind, String text) {
    return beginning(kind, text) + "\n";
  }
}
