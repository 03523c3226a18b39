package io.keyturn.supplier;

import com.github.benmanes.caffeine.cache.Ticker;
import io.keyturn.access.Reach;
import io.keyturn.database.CacheValidity;
import io.keyturn.database.RecentChanges;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Paging;
import io.keyturn.supplier.rest.SupplierParameters;
import io.keyturn.support.Fields;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.TestSessions;
import io.keyturn.user.Role;
import io.keyturn.user.User;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The list of suppliers without HTTP, on PostgreSQL: ten thousand suppliers beside a million, the
 * first page beside page 10 000 (or the last page), in turn, for each filter and each order. {@code
 * mvn verify -Pbenchmark -Dit.test=SupplierListBenchmark}.
 */
class SupplierListBenchmark {
  private static final int MANY = Integer.getInteger("keyturn.benchmark.suppliers", 1_000_000);
  private static final int ROUNDS = Integer.getInteger("keyturn.benchmark.rounds", 60);
  private static final String ONLY = System.getProperty("keyturn.benchmark.filter", "");
  private static final int FEW = 10_000;
  private static final int LIMIT = 25;
  private static final int DEEP = 10_000;
  private static final OrganisationId ORGANISATION = new OrganisationId(new UUID(1, 2));

  /** What is filtered by. The list has all statuses, unless one is named. */
  private static final List<Map<String, String>> FILTERS =
      List.of(
          Map.of(),
          Map.of("status", "active"),
          Map.of("status", "rejected,archived"),
          Map.of("country", "AT"),
          Map.of("currency", "CHF"),
          Map.of("industry", "Steel"),
          Map.of("onboarding_status", "to_review"),
          Map.of("preferred", "true"),
          Map.of("on_hold", "true"),
          Map.of("location", "Location 1"),
          Map.of("location", "Location 20"),
          Map.of("department", "Department 3"),
          Map.of("owner", "80a38342-3076-9696-2140-b56a785877ae"),
          Map.of("department", "Department 3", "owner", "80a38342-3076-9696-2140-b56a785877ae"),
          Map.of("tag", "local"),
          Map.of("category", "ste"),
          Map.of("category", "zzz"),
          Map.of("identifier", "gln:2000000005003"),
          Map.of("external_id", "ERP-5000"),
          Map.of("created_since", "2025-06-01T00:00:00Z"),
          Map.of("updated_since", "2026-11-01T00:00:00Z"),
          Map.of("q", "logistics"),
          Map.of("q", "nordwind steel"),
          Map.of("q", "quarzwerk"),
          Map.of("q", "erp-5000"));

  /** Suppliers in a database of their own. */
  private final class Size {
    private final SpokenSql sql;
    private final SessionFactory sessions;

    Size(int count) throws SQLException, IOException {
      String url = TestDatabase.postgresql("suppliers_" + count);
      SpokenSql.at(url);
      sessions =
          TestSessions.open(
              url,
              "postgres",
              Map.of("hibernate.connection.provider_class", SpokenSql.class.getName()),
              CustomField.class,
              Department.class,
              Location.class,
              Supplier.class,
              SupplierLocation.class,
              SupplierRegister.class,
              SupplierTerm.class,
              Role.class,
              User.class);
      sql = SpokenSql.last();
      load(DriverManager.getConnection(url), count);
    }

    private void load(Connection connection, int count) throws SQLException, IOException {
      String script;
      try (var in = SupplierListBenchmark.class.getResourceAsStream("many-suppliers.sql")) {
        script = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      }
      try (connection;
          Statement statement = connection.createStatement()) {
        for (String command : script.split(";\n", -1)) {
          statement.execute(command.replace("$COUNT", Integer.toString(count)));
        }
      }
    }

    /** Each page is read as if no page was read before. */
    private static ListedSuppliers knowingNothing() {
      KnownNames names = new KnownNames();
      Ticker ticker = Ticker.systemTicker();
      RecentChanges none = new RecentChanges(CacheValidity.LONGEST, ticker);
      Fields.set(names, "validity", new CacheValidity(ticker, none, time -> false));
      ListedSuppliers suppliers = new ListedSuppliers();
      Fields.set(suppliers, "known", names);
      return suppliers;
    }

    /** A page as the API reads it, without HTTP; answers how long it took. */
    long nanos(SupplierFilter filter, Paging paging) {
      return sessions.fromTransaction(
          entities -> {
            Suppliers suppliers = new Suppliers();
            Fields.set(suppliers, "entities", entities);
            Fields.set(suppliers, "clock", Clock.systemUTC());
            Fields.set(suppliers, "listed", knowingNothing());
            long begin = System.nanoTime();
            suppliers.list(Reach.all(ORGANISATION), filter, paging);
            return System.nanoTime() - begin;
          });
    }

    /** Page 10 000, or the last page where there are fewer. */
    Paging deep(SupplierFilter filter) {
      return sessions.fromTransaction(
          entities -> {
            SupplierQuery query = query(entities, filter);
            long before = Math.min((DEEP - 1L) * LIMIT, query.count() - LIMIT) - 1;
            if (before < 0) {
              return first();
            }
            // The last statement counted the suppliers of all pages.
            List<String> ids =
                sql.again(
                    text ->
                        "select s1_0.id"
                            + text.substring(text.indexOf(" from supplier "))
                            + order(filter.sort())
                            + " offset "
                            + before
                            + " rows fetch first row only");
            Supplier last = entities.find(Supplier.class, UUID.fromString(ids.get(0)));
            return new Paging(LIMIT, filter.sort().behind(last.record()), false);
          });
    }

    private static String order(SupplierSort sort) {
      String column =
          sort.column() == SupplierSort.Column.NAME ? "sort_name" : sort.column().code();
      return Stream.of("organisation_id", column, "id")
          .map(name -> "s1_0." + name + (sort.descending() ? " desc" : ""))
          .collect(Collectors.joining(", ", " order by ", ""));
    }

    private static SupplierQuery query(EntityManager entities, SupplierFilter filter) {
      return new SupplierQuery(
          entities, Reach.all(ORGANISATION), filter, Clock.systemUTC().instant());
    }

    /** How PostgreSQL finds the suppliers of the first page. */
    List<String> plan(SupplierFilter filter) {
      sessions.inTransaction(entities -> query(entities, filter).places(first()));
      return sql.again(text -> "explain (analyze, buffers, costs off, timing off) " + text);
    }
  }

  private static Paging first() {
    return new Paging(LIMIT, null, false);
  }

  @Test
  @Timeout(value = 90, unit = TimeUnit.MINUTES)
  void tenThousandBesideAMillion() throws SQLException, IOException {
    Size few = new Size(FEW);
    Size many = new Size(MANY);
    List<String> plans = new ArrayList<>();
    say(
        "%-34s %-11s %17s %17s %17s  %s",
        "filter",
        "order",
        "ten thousand",
        "a million",
        "page 10 000",
        "million ÷ ten, deep ÷ first");
    for (Map<String, String> wanted : FILTERS) {
      if (!wanted.toString().contains(ONLY)) {
        continue;
      }
      for (SupplierSort.Column column : SupplierSort.Column.values()) {
        for (String sort : List.of(column.code(), "-" + column.code())) {
          compare(few, many, wanted, sort);
          if (sort.equals("name") || sort.equals("-updated_at")) {
            plans.add(wanted + " by " + sort);
            plans.addAll(many.plan(filter(wanted, sort)));
          }
        }
      }
    }
    plans.forEach(line -> say("%s", line));
  }

  private static SupplierFilter filter(Map<String, String> wanted, String sort) {
    Map<String, String> values = new HashMap<>(Map.of("status", "all"));
    values.putAll(wanted);
    values.put("sort", sort);
    return new SupplierParameters(values).filter();
  }

  private static void compare(Size few, Size many, Map<String, String> wanted, String sort) {
    SupplierFilter filter = filter(wanted, sort);
    Paging deep = many.deep(filter);
    Map<String, List<Long>> times = new LinkedHashMap<>();
    for (int round = -5; round < ROUNDS; round++) {
      long[] took = {
        few.nanos(filter, first()), many.nanos(filter, first()), many.nanos(filter, deep)
      };
      for (int i = 0; round >= 0 && i < took.length; i++) {
        times.computeIfAbsent("" + i, name -> new ArrayList<>()).add(took[i]);
      }
    }
    List<List<Long>> sorted =
        times.values().stream().map(t -> t.stream().sorted().toList()).toList();
    say(
        "%-34s %-11s %17s %17s %17s  %.2f %.2f",
        wanted,
        sort,
        text(sorted.get(0)),
        text(sorted.get(1)),
        text(sorted.get(2)),
        median(sorted.get(1)) / median(sorted.get(0)),
        median(sorted.get(2)) / median(sorted.get(1)));
  }

  /** The median and the 99th percentile, in milliseconds. */
  private static String text(List<Long> sorted) {
    return String.format(
        Locale.ROOT,
        "%.2f / %.2f",
        median(sorted),
        sorted.get((sorted.size() - 1) * 99 / 100) / 1e6);
  }

  private static double median(List<Long> sorted) {
    return sorted.get(sorted.size() / 2) / 1e6;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
