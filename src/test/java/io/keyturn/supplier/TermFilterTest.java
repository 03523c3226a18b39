package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Reach;
import io.keyturn.paging.Paging;
import io.keyturn.supplier.SupplierTerm.Kind;
import io.keyturn.supplier.rest.SupplierParameters;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TermFilterTest {
  private static final int COUNT = SupplierQuery.NEAR + 500;

  private DemoDatabase database;

  @BeforeAll
  void open() throws SQLException {
    database = database(COUNT);
  }

  DemoDatabase database(int suppliers) throws SQLException {
    return new DemoDatabase("jdbc:h2:mem:terms;DB_CLOSE_DELAY=-1", "keyturn", suppliers);
  }

  @AfterAll
  void close() {
    database.close();
  }

  /** A word, and how many suppliers have it. */
  private record Word(Kind kind, String text, long count) {}

  private static List<Word> words(EntityManager entities) {
    return entities
        .createQuery(
            "select t.kind, t.term, count(t) from SupplierTerm t"
                + " where t.organisationId = :organisation and t.kind <> IDENTIFIER"
                + " group by t.kind, t.term",
            Object[].class)
        .setParameter("organisation", DemoDatabase.ORGANISATION)
        .getResultList()
        .stream()
        .map(row -> new Word((Kind) row[0], (String) row[1], (Long) row[2]))
        .toList();
  }

  private static Set<UUID> ids(EntityManager entities, Condition condition) {
    TypedQuery<UUID> query =
        entities
            .createQuery(
                "select s.id from Supplier s where s.organisationId = :organisation and "
                    + condition.jpql(),
                UUID.class)
            .setParameter("organisation", DemoDatabase.ORGANISATION);
    condition.parameters().forEach(query::setParameter);
    return new HashSet<>(query.getResultList());
  }

  private static void bothFindTheSame(EntityManager entities, TermFilter filter) {
    assertThat(ids(entities, filter.ofSupplier()))
        .as("%s", filter)
        .isEqualTo(ids(entities, filter.byIndex()));
  }

  @Test
  void theRowOfASupplierSaysTheSameAsTheIndex() {
    database.with(
        entities -> {
          List<Word> words = words(entities);
          assertThat(words)
              .extracting(Word::kind)
              .contains(Kind.TAG, Kind.CATEGORY, Kind.DEPARTMENT);
          for (Word word : words) {
            TermFilter filter = TermFilter.words(word.kind(), List.of(word.text()));
            assertThat(ids(entities, filter.ofSupplier()))
                .as("%s", word)
                .hasSize((int) word.count());
            bothFindTheSame(entities, filter);
            bothFindTheSame(
                entities,
                TermFilter.beginnings(
                    word.kind(), List.of(word.text().substring(0, word.text().length() - 1))));
          }
          for (Location location :
              entities.createQuery("select l from Location l", Location.class).getResultList()) {
            bothFindTheSame(entities, TermFilter.locations(List.of(location.id())));
          }
          return true;
        });
  }

  @Test
  void oneOfSeveralWordsIsEnough() {
    database.with(
        entities -> {
          List<String> tags =
              words(entities).stream()
                  .filter(word -> word.kind() == Kind.TAG)
                  .map(Word::text)
                  .limit(3)
                  .toList();
          assertThat(tags).hasSize(3);
          bothFindTheSame(entities, TermFilter.words(Kind.TAG, tags));
          return true;
        });
  }

  @Test
  void aPartOfAWordAndAWordOfAnotherKindAreNotTheWord() {
    database.with(
        entities -> {
          for (Word word : words(entities)) {
            if (word.kind() == Kind.TAG) {
              String part = word.text().substring(1);
              Stream.of(
                      TermFilter.words(Kind.TAG, List.of(part)),
                      TermFilter.words(Kind.OWNER, List.of(word.text())),
                      TermFilter.beginnings(Kind.CATEGORY, List.of(word.text())))
                  .forEach(filter -> bothFindTheSame(entities, filter));
            }
          }
          return true;
        });
  }

  /** Gives a supplier a word, in its row and in the index; answers its id. */
  private static UUID give(EntityManager entities, String number, Kind kind, String text) {
    Supplier supplier =
        entities
            .createQuery(
                "select s from Supplier s where s.organisationId = :organisation"
                    + " and s.number = :number",
                Supplier.class)
            .setParameter("organisation", DemoDatabase.ORGANISATION)
            .setParameter("number", number)
            .getSingleResult();
    entities.persist(
        new SupplierTerm(DemoDatabase.ORGANISATION, supplier.id(), kind, text, "label"));
    entities
        .createQuery(
            "update Supplier s set s.filterTerms = concat(s.filterTerms, :word)"
                + " where s.organisationId = :organisation and s.id = :id")
        .setParameter("organisation", DemoDatabase.ORGANISATION)
        .setParameter("id", supplier.id())
        .setParameter("word", FilterTerms.whole(kind, text))
        .executeUpdate();
    return supplier.id();
  }

  /** What has a meaning in a pattern, and in a text with an escape character. */
  @Test
  void placeholdersInAWordAreOrdinaryCharacters() {
    database.with(
        entities -> {
          UUID tagged = give(entities, "S-000011", Kind.TAG, "50%_!\\");
          give(entities, "S-000012", Kind.TAG, "50xyz!\\");
          UUID categorised = give(entities, "S-000013", Kind.CATEGORY, "custom:5%_!\\a");
          give(entities, "S-000014", Kind.CATEGORY, "custom:5xyz!\\a");
          TermFilter tag = TermFilter.words(Kind.TAG, List.of("50%_!\\"));
          TermFilter category = TermFilter.beginnings(Kind.CATEGORY, List.of("custom:5%_!\\"));
          assertThat(ids(entities, tag.ofSupplier())).containsExactly(tagged);
          bothFindTheSame(entities, tag);
          assertThat(ids(entities, category.ofSupplier())).containsExactly(categorised);
          bothFindTheSame(entities, category);
          entities.getTransaction().setRollbackOnly();
          return true;
        });
  }

  @Test
  void anOwnersSuppliersAreFound() {
    database.with(
        entities -> {
          UUID owner = new UUID(7, 8);
          UUID first = give(entities, "S-000021", Kind.OWNER, owner.toString());
          UUID second = give(entities, "S-004222", Kind.OWNER, owner.toString());
          give(entities, "S-000022", Kind.OWNER, new UUID(7, 9).toString());
          bothFindTheSame(entities, TermFilter.words(Kind.OWNER, List.of(owner.toString())));
          SupplierFilter filter =
              new SupplierParameters(
                      Map.of("status", "all", "owner", owner.toString(), "sort", "number"))
                  .filter();
          SupplierQuery query = query(entities, filter);
          assertThat(pages(query, filter, 1)).containsExactly(first, second);
          assertThat(query.count()).isEqualTo(2);
          entities.getTransaction().setRollbackOnly();
          return true;
        });
  }

  /** Pages near in the order of the list, and pages by the index, must not see more than counts. */
  @ParameterizedTest
  @CsvSource({"tag,name", "tag,-updated_at", "category,number", "q,name"})
  void whoIsLimitedToALocationSeesNoOthersByAFrequentWord(String parameter, String sort) {
    database.with(
        entities -> {
          Location location =
              entities
                  .createQuery(
                      "select l from Location l where l.organisationId = :organisation"
                          + " order by l.name",
                      Location.class)
                  .setParameter("organisation", DemoDatabase.ORGANISATION)
                  .setMaxResults(1)
                  .getSingleResult();
          Kind kind = parameter.equals("tag") ? Kind.TAG : Kind.CATEGORY;
          String frequent =
              words(entities).stream()
                  .filter(word -> word.kind() == kind)
                  .max(Comparator.comparing(Word::count))
                  .orElseThrow()
                  .text();
          String value = parameter.equals("q") ? "gmbh" : frequent.replaceAll("^[a-z]+:", "");
          SupplierFilter filter =
              new SupplierParameters(Map.of("status", "all", parameter, value, "sort", sort))
                  .filter();
          LocationLimit limit = new LocationLimit(List.of(location.id()));
          SupplierQuery limited =
              query(entities, new Reach(DemoDatabase.ORGANISATION, limit), filter);
          Set<UUID> there =
              ids(entities, TermFilter.locations(List.of(location.id())).ofSupplier());
          List<UUID> expected =
              pages(query(entities, filter), filter, 30).stream().filter(there::contains).toList();
          assertThat(expected).hasSizeGreaterThan(10);
          assertThat(pages(limited, filter, 30)).isEqualTo(expected);
          assertThat(limited.count()).isEqualTo(expected.size());
          return true;
        });
  }

  @Test
  void fewMatchesAreToldFromMany() {
    database.with(
        entities -> {
          List<Word> words = words(entities);
          assertThat(words).anyMatch(word -> word.count() > TermFilter.FEW);
          for (Word word : words) {
            TermFilter filter = TermFilter.words(word.kind(), List.of(word.text()));
            assertThat(filter.matchesFew(entities, DemoDatabase.ORGANISATION))
                .as("%s", word)
                .isEqualTo(word.count() <= TermFilter.FEW);
          }
          return true;
        });
  }

  /** The count asks the index, and the pages look at the rows. */
  @Test
  void allPagesTogetherAreAsManyAsAreCounted() {
    database.with(
        entities -> {
          String tag =
              words(entities).stream()
                  .filter(word -> word.kind() == Kind.TAG)
                  .max(Comparator.comparing(Word::count))
                  .orElseThrow()
                  .text();
          SupplierFilter filter =
              new SupplierParameters(
                      Map.of("status", "all", "location", "berlin,madrid", "tag", tag))
                  .filter();
          SupplierQuery query = query(entities, filter);
          assertThat(pages(query, filter, 30)).isNotEmpty().hasSize((int) query.count());
          return true;
        });
  }

  private static SupplierQuery query(EntityManager entities, SupplierFilter filter) {
    return query(entities, Reach.all(DemoDatabase.ORGANISATION), filter);
  }

  private static SupplierQuery query(EntityManager entities, Reach reach, SupplierFilter filter) {
    return new SupplierQuery(entities, reach, filter, DemoDatabase.NOW);
  }

  /** The ids of all pages, in their order. */
  private static List<UUID> pages(SupplierQuery query, SupplierFilter filter, int limit) {
    List<UUID> read = new ArrayList<>();
    Paging paging = new Paging(limit, null, false);
    List<SupplierQuery.Place> page = query.places(paging);
    paging.cut(page).forEach(place -> read.add(place.id()));
    while (page.size() == paging.fetch()) {
      SupplierQuery.Place last = paging.cut(page).get(paging.limit() - 1);
      paging = new Paging(limit, filter.sort().behind(last.id(), last.value()), false);
      page = query.places(paging);
      paging.cut(page).forEach(place -> read.add(place.id()));
    }
    return read;
  }

  @ParameterizedTest
  @CsvSource({"gmbh,name", "gmbh,-updated_at", "00042,-name", "00042,created_at"})
  void laterPagesOfATextAreTheRestOfTheList(String text, String sort) {
    database.with(
        entities -> {
          SupplierFilter filter =
              new SupplierParameters(Map.of("status", "all", "q", text, "sort", sort)).filter();
          SupplierQuery query = query(entities, filter);
          List<UUID> all =
              query.places(new Paging(COUNT, null, false)).stream()
                  .map(SupplierQuery.Place::id)
                  .toList();
          assertThat(all).hasSizeGreaterThan(40);
          assertThat(pages(query, filter, 30)).isEqualTo(all);
          return true;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"number", "-number"})
  void aTextIsFoundFarBehindTheCursor(String sort) {
    database.with(
        entities -> {
          int changed =
              entities
                  .createQuery(
                      "update Supplier s set s.searchText = concat(s.searchText, 'quarzwerk')"
                          + " where s.organisationId = :organisation"
                          + " and s.number in ('S-000010', 'S-000020', 'S-004480', 'S-004490')")
                  .setParameter("organisation", DemoDatabase.ORGANISATION)
                  .executeUpdate();
          SupplierFilter filter =
              new SupplierParameters(Map.of("status", "all", "q", "quarzwerk", "sort", sort))
                  .filter();
          assertThat(changed).isEqualTo(4);
          List<UUID> all =
              query(entities, filter).places(new Paging(4, null, false)).stream()
                  .map(SupplierQuery.Place::id)
                  .toList();
          assertThat(all).hasSize(4);
          assertThat(pages(query(entities, filter), filter, 1)).isEqualTo(all);
          entities.getTransaction().setRollbackOnly();
          return true;
        });
  }
}
