package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.supplier.DemoWords.Home;
import io.keyturn.supplier.DemoWords.Trade;
import io.keyturn.supplier.identifier.IdentifierScheme;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Creates invented suppliers. The same organisation and time always give the same suppliers. */
final class DemoSuppliers {
  private static final Duration HISTORY = Duration.ofDays(3 * 365);

  /**
   * The step through all pairs of words. It reaches each pair because it is prime and divides no
   * number of pairs.
   */
  private static final int STRIDE = 379;

  /** Spreads neighbouring seeds, for which {@link Random} would give similar first numbers. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private static final List<OnboardingStatus> BEFORE_APPROVAL =
      List.of(
          OnboardingStatus.NOT_STARTED, OnboardingStatus.IN_PROGRESS, OnboardingStatus.TO_REVIEW);

  private static final List<String> TAGS =
      List.of("strategic", "local", "single source", "framework contract", "new");

  private static final List<String> TERMS = List.of("Net 14", "Net 30", "Net 60", "Prepaid");

  private final OrganisationId organisationId;
  private final RecordedActor creator;
  private final Instant now;
  private final List<Location> locations;
  private final List<Department> departments;

  DemoSuppliers(OrganisationId organisationId, RecordedActor creator, Instant now) {
    this.organisationId = organisationId;
    this.creator = creator;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.locations =
        DemoWords.LOCATIONS.stream()
            .map(name -> new Location(id("location", name), organisationId, name))
            .toList();
    this.departments =
        DemoWords.DEPARTMENTS.stream()
            .map(name -> new Department(id("department", name), organisationId, name))
            .toList();
  }

  private UUID id(String kind, String name) {
    String seed = organisationId + "/" + kind + "/" + name;
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
  }

  List<Location> locations() {
    return locations;
  }

  List<Department> departments() {
    return departments;
  }

  /** The suppliers numbered from {@code first} to {@code last}, both included. */
  List<Supplier> suppliers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(this::supplier).toList();
  }

  /** One to so many of these units. */
  private static List<Reference> some(List<? extends Unit> units, int most, Random random) {
    List<Unit> shuffled = new ArrayList<>(units);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, 1 + random.nextInt(most)).stream()
        .map(unit -> new Reference(unit.id(), null))
        .toList();
  }

  private Supplier supplier(int index) {
    Random random = new Random(index * SPREAD);
    String number = SupplierRegister.number(index);
    Instant createdAt = now.minusSeconds(random.nextLong(HISTORY.toSeconds()));
    SupplierStatus status = status(random.nextInt(100));
    Supplier supplier =
        new Supplier(
            id("supplier", number),
            organisationId,
            data(index, number, onboarding(status, random), random),
            creator,
            createdAt);
    long age = Duration.between(createdAt, now).toSeconds();
    stand(supplier, status, createdAt.plusSeconds(random.nextLong(age + 1)));
    return supplier;
  }

  /** Goes the way to a status as a person would. */
  private void stand(Supplier supplier, SupplierStatus status, Instant at) {
    switch (status) {
      case UNAPPROVED -> {}
      case ACTIVE, REJECTED ->
          supplier.decide(
              status,
              status == SupplierStatus.REJECTED ? "The papers are not complete" : null,
              creator,
              at);
      case ARCHIVED -> {
        supplier.decide(SupplierStatus.ACTIVE, null, creator, at);
        supplier.archive(at);
      }
    }
  }

  private SupplierData data(int index, String number, OnboardingStatus onboarding, Random random) {
    Home home = DemoWords.HOMES.get(random.nextInt(DemoWords.HOMES.size()));
    Trade trade = DemoWords.TRADES.get(index * STRIDE % DemoWords.TRADES.size());
    boolean company = random.nextInt(10) > 0;
    String name = company ? company(index) : person(index);
    String externalId = random.nextInt(5) > 0 ? "ERP-" + (40_000 + index) : null;
    return new SupplierData(
        number,
        externalId,
        name,
        company ? name + " " + home.legalForm() : name,
        (company ? SupplierType.COMPANY : SupplierType.INDIVIDUAL).code(),
        null,
        null,
        null,
        onboarding.code(),
        random.nextInt(30) == 0 ? new Hold("payments", null, "An invoice is disputed") : null,
        random.nextInt(8) == 0,
        random.nextInt(3) == 0 ? List.of(TAGS.get(random.nextInt(TAGS.size()))) : List.of(),
        Map.of(),
        some(locations, 3, random),
        some(departments, 2, random),
        List.of(),
        List.of(new Address("registered", List.of(), null, null, null, home.country(), true)),
        List.of(contact(index)),
        company ? List.of(gln(index)) : List.of(),
        trade.categories().stream().map(c -> new Category("custom", c, c)).toList(),
        trade.name(),
        home.currency(),
        TERMS.get(random.nextInt(TERMS.size())),
        random.nextInt(3) == 0 ? scores(random) : null);
  }

  private static Contact contact(int index) {
    String name = person(index + 1);
    return new Contact(
        name, "contact-" + index + "@supplier-" + index + ".example", null, null, true);
  }

  /** A number that begins with 20 to 29 is for use within a company (GS1). */
  private static Identifier gln(int index) {
    String digits = String.format(Locale.ROOT, "20%010d", index);
    for (int check = 0; check < 10; check++) {
      Optional<String> whole = IdentifierScheme.GLN.normal(digits + check);
      if (whole.isPresent()) {
        return new Identifier("gln", whole.get(), null);
      }
    }
    throw new IllegalStateException("no check digit");
  }

  private static Scores scores(Random random) {
    return new Scores(score(random), score(random), score(random));
  }

  private static BigDecimal score(Random random) {
    return BigDecimal.valueOf(random.nextInt(51), 1);
  }

  private static String company(int index) {
    int pairs = DemoWords.BRANDS.size() * DemoWords.TRADES.size();
    int pair = Math.floorMod(index * (long) STRIDE, pairs);
    String name =
        DemoWords.BRANDS.get(pair / DemoWords.TRADES.size())
            + " "
            + DemoWords.TRADES.get(pair % DemoWords.TRADES.size()).name();
    int round = index / pairs;
    return round == 0 ? name : name + " " + (round + 1);
  }

  private static String person(int index) {
    int pairs = DemoWords.GIVEN_NAMES.size() * DemoWords.FAMILY_NAMES.size();
    int pair = Math.floorMod(index * (long) STRIDE, pairs);
    return DemoWords.GIVEN_NAMES.get(pair / DemoWords.FAMILY_NAMES.size())
        + " "
        + DemoWords.FAMILY_NAMES.get(pair % DemoWords.FAMILY_NAMES.size());
  }

  private static SupplierStatus status(int percentile) {
    if (percentile < 75) {
      return SupplierStatus.ACTIVE;
    }
    if (percentile < 87) {
      return SupplierStatus.UNAPPROVED;
    }
    return percentile < 93 ? SupplierStatus.REJECTED : SupplierStatus.ARCHIVED;
  }

  private static OnboardingStatus onboarding(SupplierStatus status, Random random) {
    return switch (status) {
      case ACTIVE ->
          random.nextInt(10) > 0 ? OnboardingStatus.COMPLETED : OnboardingStatus.IN_PROGRESS;
      case UNAPPROVED -> BEFORE_APPROVAL.get(random.nextInt(BEFORE_APPROVAL.size()));
      case REJECTED -> OnboardingStatus.IN_PROGRESS;
      case ARCHIVED -> OnboardingStatus.COMPLETED;
    };
  }
}
