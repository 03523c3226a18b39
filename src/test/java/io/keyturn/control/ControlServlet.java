package io.keyturn.control;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.NewApiKey;
import io.keyturn.apikey.RefreshPolicy;
import io.keyturn.apikey.Refreshes;
import io.keyturn.audit.Actor;
import io.keyturn.database.RowChanges;
import io.keyturn.http.ProblemAnswer;
import io.keyturn.notice.NoticeTimer;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemException;
import io.keyturn.refresh.RefreshTimer;
import io.keyturn.user.BuiltInRole;
import io.keyturn.user.NewOrganisations;
import io.keyturn.user.People;
import io.keyturn.user.Users;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;

/** Controls for tests, each a POST of form parameters that answers JSON. */
@WebServlet("/test-control/*")
public class ControlServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Actor TESTER = new Actor(Actor.Type.PERSON, null, "tester", "127.0.0.1");
  private static final Grantor ANYBODY = Grantor.anybody();

  @Inject private TurnedClock clock;
  @Inject private RefreshTimer timer;
  @Inject private NoticeTimer notices;
  @Inject private Organisations organisations;
  @Inject private NewOrganisations founding;
  @Inject private People people;
  @Inject private Users users;
  @Inject private Bulk bulk;
  @Inject private RowChanges changes;
  @PersistenceContext private EntityManager entities;
  @Inject private ApiKeys keys;
  @Inject private Refreshes refreshes;
  @Resource private UserTransaction transaction;

  @Resource(lookup = "jdbc/keyturn")
  private DataSource dataSource;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setCharacterEncoding("UTF-8");
    try {
      JsonStructure answer = run(request);
      response.setContentType("application/json");
      response.getWriter().print(answer);
    } catch (ProblemException e) {
      ProblemAnswer.write(request, response, Problem.of(e));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonStructure run(HttpServletRequest in) throws Exception {
    return switch (in.getPathInfo()) {
      case "/clock" -> {
        clock.turn(Duration.parse(in.getParameter("turn")));
        yield Json.createObjectBuilder().add("now", clock.instant().toString()).build();
      }
      case "/refresh-due" -> {
        refreshDue();
        yield Json.createObjectBuilder().build();
      }
      case "/wake" -> {
        timer.wake();
        yield Json.createObjectBuilder().build();
      }
      case "/notices" -> {
        notices.wake();
        yield Json.createObjectBuilder().build();
      }
      case "/role" -> {
        changeRole(in.getParameter("email"), BuiltInRole.valueOf(in.getParameter("role")));
        yield Json.createObjectBuilder().build();
      }
      case "/organisation" -> organisation(in.getParameter("domain"));
      case "/user" -> {
        users.create(
            organisation(in).id(),
            in.getParameter("email"),
            in.getParameter("name"),
            BuiltInRole.valueOf(in.getParameter("role")),
            in.getParameter("password"),
            in.getParameter("due") != null);
        yield Json.createObjectBuilder().build();
      }
      case "/deactivate" -> {
        deactivate(in.getParameter("email"));
        yield Json.createObjectBuilder().build();
      }
      case "/key" ->
          view(
              keys.create(
                  organisation(in).id(),
                  new NewApiKey(
                      in.getParameter("name"),
                      in.getParameter("environment"),
                      Scope.parse(in.getParameter("scopes")),
                      new RefreshPolicy(
                          Duration.parse(in.getParameter("interval")),
                          Duration.parse(in.getParameter("grace")))),
                  TESTER));
      case "/keys" -> {
        for (int i = 1; i <= Integer.parseInt(in.getParameter("count")); i++) {
          keys.create(organisation(in).id(), NewApiKey.named("key " + i), TESTER);
        }
        yield Json.createObjectBuilder().build();
      }
      case "/bulk" -> {
        int count = Integer.parseInt(in.getParameter("count"));
        var created = bulk.organisations(Integer.parseInt(in.getParameter("organisations")));
        for (int from = 0; from < count; from += 200) {
          bulk.keys(created, from, Math.min(from + 200, count), TESTER);
        }
        yield Json.createObjectBuilder().build();
      }
      case "/bare-refresh" -> {
        Instant at = Instant.parse(in.getParameter("at"));
        long start = System.nanoTime();
        int refreshed = new BareRefresh(dataSource).refreshAll(at.atOffset(ZoneOffset.UTC));
        yield Json.createObjectBuilder()
            .add("refreshed", refreshed)
            .add("millis", (System.nanoTime() - start) / 1_000_000)
            .build();
      }
      case "/refresh" ->
          view(
              refreshes.refresh(
                  organisation(in).id(),
                  key(in),
                  Integer.parseInt(in.getParameter("replaces")),
                  Duration.parse(in.getParameter("grace")),
                  ANYBODY,
                  TESTER));
      case "/reveal" -> view(keys.reveal(organisation(in).id(), key(in), ANYBODY, TESTER));
      case "/revoke" -> {
        keys.revoke(organisation(in).id(), key(in), null, TESTER);
        yield Json.createObjectBuilder().build();
      }
      case "/sql" -> sql(in.getParameter("sql"));
      case "/queries" ->
          Json.createObjectBuilder().add("count", queries(in.getParameter("begin"))).build();
      case "/statements" -> statements();
      default -> throw new IllegalArgumentException(in.getPathInfo());
    };
  }

  /** Refreshes till nothing is due, also when the minute's own wake-up is at it just now. */
  private void refreshDue() throws Exception {
    for (int i = 0; i < 100; i++) {
      timer.wake();
      try (Connection connection = dataSource.getConnection();
          PreparedStatement due =
              connection.prepareStatement("SELECT count(*) FROM api_key WHERE due_at <= ?")) {
        due.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
        try (ResultSet row = due.executeQuery()) {
          row.next();
          if (row.getInt(1) == 0) {
            return;
          }
        }
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("keys stay due");
  }

  private void deactivate(String email) throws SQLException {
    Pair pair = person(email, "SELECT p.id, a.id, p.id", "");
    people.deactivate(pair.person(), pair.administrator());
  }

  private void changeRole(String email, BuiltInRole role) throws SQLException {
    Pair pair =
        person(
            email,
            "SELECT p.id, a.id, t.id",
            " JOIN role t ON t.organisation_id = p.organisation_id AND t.built_in AND t.name = '"
                + role.title()
                + "'");
    people.changeRole(pair.person(), pair.role(), pair.administrator());
  }

  private record Pair(PersonId person, Actor administrator, UUID role) {}

  /** A person, an administrator of the organisation who is another one, and what else is asked. */
  private Pair person(String email, String select, String join) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find =
            connection.prepareStatement(
                select
                    + """
                     FROM app_user p JOIN app_user a
                    ON a.organisation_id = p.organisation_id AND a.id <> p.id
                    JOIN role r ON r.id = a.role_id AND r.built_in AND r.name = 'Administrator'
                    """
                    + join
                    + " WHERE p.email = ? AND a.joined_at IS NOT NULL AND a.deactivated_at IS NULL")) {
      find.setString(1, email);
      try (ResultSet row = find.executeQuery()) {
        row.next();
        return new Pair(
            new PersonId(row.getObject(1, UUID.class)),
            new Actor(Actor.Type.PERSON, row.getObject(2, UUID.class), "administrator", null),
            row.getObject(3, UUID.class));
      }
    }
  }

  private static ApiKeyId key(HttpServletRequest in) {
    return new ApiKeyId(UUID.fromString(in.getParameter("key")));
  }

  private Organisation organisation(HttpServletRequest in) {
    return organisations.byDomain(in.getParameter("organisation")).orElseThrow();
  }

  private JsonStructure organisation(String domain) throws Exception {
    transaction.begin();
    Organisation organisation = founding.found(domain, domain, TESTER);
    transaction.commit();
    return Json.createObjectBuilder().add("id", organisation.id().toString()).build();
  }

  private static JsonStructure view(IssuedSecret issued) {
    return Json.createObjectBuilder()
        .add("id", issued.keyId().toString())
        .add("number", issued.number())
        .add("secret", issued.secret().reveal())
        .add("accepted_until", issued.acceptedUntil().toString())
        .build();
  }

  private Statistics statistics() {
    Statistics statistics =
        entities.getEntityManagerFactory().unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    return statistics;
  }

  /**
   * How many statements Hibernate has prepared, and how often it has translated a query, since this
   * was first asked. Each query is looked up twice, as a text and as a plan. A query whose plan may
   * not be kept counts neither as a hit nor as a miss.
   */
  private JsonStructure statements() {
    Statistics statistics = statistics();
    return Json.createObjectBuilder()
        .add("prepared", statistics.getPrepareStatementCount())
        .add(
            "translated",
            2 * statistics.getQueryExecutionCount() - statistics.getQueryPlanCacheHitCount())
        .build();
  }

  /** How often Hibernate has run queries that begin with this text, since this was first asked. */
  private long queries(String begin) {
    Statistics statistics = statistics();
    return Stream.of(statistics.getQueries())
        .filter(query -> query.startsWith(begin))
        .mapToLong(
            query ->
                Objects.requireNonNull(statistics.getQueryStatistics(query)).getExecutionCount())
        .sum();
  }

  /** As src/docs/operating.md says for changes by hand, so that no test waits a minute for them. */
  private void announce(Connection connection) throws SQLException {
    if (BareRefresh.postgresql(connection)) {
      try (PreparedStatement notify = connection.prepareStatement("NOTIFY keyturn_changes, '*'")) {
        notify.execute();
      }
    }
    changes.anyChanged();
  }

  /** What somebody could do who can write the database. */
  private JsonStructure sql(String sql) throws SQLException {
    JsonArrayBuilder rows = Json.createArrayBuilder();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      if (!statement.execute()) {
        announce(connection);
        return rows.add(Json.createObjectBuilder().add("count", statement.getUpdateCount()))
            .build();
      }
      try (ResultSet row = statement.getResultSet()) {
        while (row.next()) {
          JsonObjectBuilder columns = Json.createObjectBuilder();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            String name = row.getMetaData().getColumnLabel(i).toLowerCase(java.util.Locale.ROOT);
            if (value instanceof byte[] bytes) {
              columns.add(name, HexFormat.of().formatHex(bytes));
            } else if (value == null) {
              columns.addNull(name);
            } else {
              columns.add(name, value.toString());
            }
          }
          rows.add(columns);
        }
      }
    }
    return rows.build();
  }
}
