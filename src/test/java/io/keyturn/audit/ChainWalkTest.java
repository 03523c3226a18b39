package io.keyturn.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.keyturn.audit.ChainReport.Break;
import io.keyturn.audit.ChainReport.BrokenLink;
import io.keyturn.audit.ChainReport.Link;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import jakarta.persistence.Id;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody can do to a chain who can write the database, and has no audit key. */
class ChainWalkTest {
  private static final OrganisationId ORGANISATION = new OrganisationId(new UUID(1, 2));
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int EVENTS = 7;
  private static final int PAGE = 3;

  private final Hmac hmac = new Hmac(new byte[32]);
  private final List<AuditEvent> events = new ArrayList<>();
  private AuditHead head = new AuditHead(ORGANISATION);
  private boolean headDeleted;

  @BeforeEach
  void write() {
    append("ORGANISATION_CREATED");
    while (events.size() < EVENTS) {
      append("API_KEY_REFRESHED");
    }
  }

  private void append(String action) {
    events.add(
        head.append(
            NOW.plusSeconds(events.size()),
            action,
            new Actor(Actor.Type.PERSON, new UUID(3, 4), "a@demo.example", "127.0.0.1"),
            new Subject("api_key", new UUID(5, 6), "ERP"),
            "{\"number\":\"" + events.size() + "\"}",
            hmac));
  }

  private ChainReport walk(@Nullable Link noted) {
    events.sort(Comparator.comparingLong(AuditEvent::sequence));
    return new ChainWalk(hmac, noted)
        .walk(
            from -> events.stream().filter(e -> e.sequence() >= from).limit(PAGE).toList(),
            () -> headDeleted ? Optional.empty() : Optional.of(head));
  }

  private void assertBroken(long sequence, Break how) {
    ChainReport report = walk(null);
    assertThat(report.broken()).isEqualTo(new BrokenLink(sequence, how));
    assertThat(report.intact()).isFalse();
    BrokenLink broken = Objects.requireNonNull(report.broken());
    assertThat(broken.sentence()).containsIgnoringCase("event " + sequence);
  }

  @Test
  void chainAsItWasWrittenIsIntact() {
    ChainReport report = walk(null);

    assertThat(report.intact()).isTrue();
    assertThat(report.events()).isEqualTo(EVENTS);
    assertThat(report.newest()).isEqualTo(Link.of(events.get(EVENTS - 1)));
  }

  @Test
  void chainThatGrowsMeanwhileIsIntact() {
    ChainReport report =
        new ChainWalk(hmac, null)
            .walk(
                from -> {
                  List<AuditEvent> page =
                      events.stream().filter(e -> e.sequence() >= from).limit(PAGE).toList();
                  if (events.size() < 20) {
                    append("API_KEY_REFRESHED");
                  }
                  return page;
                },
                () -> Optional.of(head));

    assertThat(report.broken()).isNull();
    assertThat(report.events()).isEqualTo(20);
  }

  static Stream<String> columns() {
    return Stream.of(AuditEvent.class.getDeclaredFields())
        .filter(f -> !Modifier.isStatic(f.getModifiers()) && !f.isAnnotationPresent(Id.class))
        .map(Field::getName);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void editOfAnyColumnIsFound(String column) throws ReflectiveOperationException {
    set(events.get(3), column, other(column));

    assertBroken(4, Break.ALTERED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"actorId", "address", "subjectId"})
  void emptiedColumnIsFound(String column) throws ReflectiveOperationException {
    set(events.get(3), column, null);

    assertBroken(4, Break.ALTERED);
  }

  @Test
  void absenceWrittenAsAWordIsFound() throws ReflectiveOperationException {
    AuditEvent systems =
        head.append(NOW, "X", Actor.SYSTEM, new Subject("api_key", null, "ERP"), "{}", hmac);
    events.add(systems);
    assertThat(walk(null).intact()).isTrue();

    set(systems, "address", "null");

    assertBroken(EVENTS + 1, Break.ALTERED);
  }

  @Test
  void eventOfAnotherOrganisationIsFound() throws ReflectiveOperationException {
    set(events.get(3), "organisationId", new OrganisationId(new UUID(9, 9)));

    assertBroken(4, Break.ALTERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, EVENTS - 1})
  void deletedEventIsFound(int sequence) {
    events.remove(sequence - 1);

    assertBroken(sequence, Break.MISSING);
  }

  @Test
  void eventsThatCloseTheGapOfADeletedOneAreFound() throws ReflectiveOperationException {
    events.remove(3);
    for (int i = 3; i < events.size(); i++) {
      set(events.get(i), "sequence", i + 1L);
    }
    set(head, "sequence", EVENTS - 1L);

    assertBroken(4, Break.ALTERED);
  }

  @Test
  void swappedEventsAreFound() throws ReflectiveOperationException {
    set(events.get(2), "sequence", 5L);
    set(events.get(4), "sequence", 3L);

    assertBroken(3, Break.ALTERED);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void eventPutInBeforeTheFirstIsFound(long sequence) throws ReflectiveOperationException {
    AuditEvent copy = copyOfTheNewest();
    set(copy, "sequence", sequence);
    events.add(copy);

    assertBroken(sequence, Break.INSERTED);
  }

  @Test
  void eventPutInAtTheEndIsFound() throws ReflectiveOperationException {
    AuditEvent copy = copyOfTheNewest();
    set(copy, "sequence", EVENTS + 1L);
    events.add(copy);

    assertBroken(EVENTS + 1, Break.ALTERED);
  }

  /** With another key, as one has who lacks ours. */
  private AuditEvent copyOfTheNewest() {
    return new AuditHead(ORGANISATION)
        .append(
            NOW,
            "API_KEY_REFRESHED",
            Actor.SYSTEM,
            new Subject("api_key", null, "ERP"),
            "{}",
            new Hmac(new byte[] {1}));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, EVENTS})
  void truncationIsFound(int count) {
    cut(count);

    assertBroken(EVENTS - count + 1, Break.TRUNCATED);
  }

  @Test
  void truncationWithTheHeadSetBackIsFound() throws ReflectiveOperationException {
    cut(2);
    set(head, "sequence", EVENTS - 2L);

    assertBroken(EVENTS - 2, Break.HEAD_ALTERED);
  }

  @Test
  void truncationWithTheHeadSetToTheMacOfTheLastEventLeftIsFound()
      throws ReflectiveOperationException {
    cut(2);
    set(head, "sequence", EVENTS - 2L);
    set(head, "mac", events.get(events.size() - 1).mac());

    assertBroken(EVENTS - 2, Break.HEAD_ALTERED);
  }

  @Test
  void truncationStaysFoundWhenTheChainGoesOn() throws ReflectiveOperationException {
    cut(2);
    set(head, "sequence", EVENTS - 2L);
    set(head, "mac", events.get(events.size() - 1).mac());
    append("API_KEY_REFRESHED");
    append("API_KEY_REFRESHED");

    assertBroken(EVENTS - 1, Break.ALTERED);
  }

  @Test
  void deletedHeadIsFound() {
    headDeleted = true;

    assertBroken(EVENTS, Break.HEAD_ALTERED);
  }

  @Test
  void deletionOfAllIsFound() {
    events.clear();
    headDeleted = true;

    assertBroken(1, Break.TRUNCATED);
  }

  @Test
  void deletionOfAllStaysFoundWhenANewChainBegins() {
    events.clear();
    head = new AuditHead(ORGANISATION);
    append("API_KEY_REFRESHED");

    assertBroken(1, Break.RESTARTED);
  }

  @Test
  void anEarlierDayPutBackWholeIsFoundByANotedLinkOnly() throws ReflectiveOperationException {
    AuditHead earlier = new AuditHead(ORGANISATION);
    set(earlier, "sequence", (long) EVENTS);
    set(earlier, "mac", events.get(EVENTS - 1).macBeforeNext(hmac));
    append("API_KEY_REVOKED");
    Link noted = walk(null).newest();
    assertThat(walk(noted).intact()).isTrue();

    cut(1);
    head = earlier;

    assertThat(walk(null).intact()).as("no database alone can tell").isTrue();
    assertEquals(new BrokenLink(EVENTS + 1, Break.TRUNCATED), walk(noted).broken());

    append("API_KEY_REFRESHED");
    assertEquals(new BrokenLink(EVENTS + 1, Break.NOT_AS_NOTED), walk(noted).broken());
  }

  @Test
  void linkIsReadAsItIsWritten() {
    Link link = Link.of(events.get(2));

    assertThat(Link.parse(link.toString())).contains(link);
    assertThat(Link.parse("3:" + "g".repeat(64))).isEmpty();
    assertThat(Link.parse("0" + link)).isEmpty();
    assertThat(Link.parse("9999999999999999999:" + link.mac())).isEmpty();
  }

  private void cut(int count) {
    events.subList(events.size() - count, events.size()).clear();
  }

  private static Object other(String column) {
    return switch (column) {
      case "at" -> NOW.minusSeconds(1);
      case "actorId", "subjectId" -> new UUID(7, 8);
      case "actorType" -> "NOBODY";
      case "mac" -> new byte[32];
      default -> "other";
    };
  }

  private static void set(Object entity, String column, @Nullable Object value)
      throws ReflectiveOperationException {
    Field field = entity.getClass().getDeclaredField(column);
    field.setAccessible(true);
    field.set(entity, value);
  }
}
