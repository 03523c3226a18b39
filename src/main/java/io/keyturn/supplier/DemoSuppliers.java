package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.supplier.DemoWords.Firm;
import io.keyturn.supplier.identifier.IdentifierScheme;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Creates invented suppliers. The same organisation and time always give the same suppliers. Beyond
 * the firms of the file they come again, each time with a further number in their names.
 */
final class DemoSuppliers {
  private static final Duration HISTORY = Duration.ofDays(3 * 365);

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
  private final List<Firm> firms = DemoWords.firms();

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

  /** Some of these units; the first of them the most often. */
  private static List<Reference> some(List<? extends Unit> units, int count, Random random) {
    Set<UUID> chosen = new LinkedHashSet<>();
    while (chosen.size() < count) {
      double skewed = Math.pow(random.nextDouble(), 2.5);
      chosen.add(units.get((int) (skewed * units.size())).id());
    }
    return chosen.stream().map(id -> new Reference(id, null)).toList();
  }

  /** Most suppliers are at one location, few at none. */
  private static int locations(int percentile) {
    if (percentile < 4) {
      return 0;
    }
    if (percentile < 70) {
      return 1;
    }
    return percentile < 92 ? 2 : 3;
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
    Firm firm = firms.get((index - 1) % firms.size());
    int round = (index - 1) / firms.size();
    String suffix = round == 0 ? "" : " " + (round + 1);
    String externalId = random.nextInt(5) > 0 ? "ERP-" + (40_000 + index) : null;
    return new SupplierData(
        number,
        externalId,
        firm.name() + suffix,
        firm.legalName() + suffix,
        (firm.company() ? SupplierType.COMPANY : SupplierType.INDIVIDUAL).code(),
        random.nextInt(3) > 0 ? "https://www." + firm.domain() : null,
        null,
        firm.language(),
        onboarding.code(),
        random.nextInt(30) == 0 ? new Hold("payments", null, "An invoice is disputed") : null,
        random.nextInt(8) == 0,
        random.nextInt(3) == 0 ? List.of(TAGS.get(random.nextInt(TAGS.size()))) : List.of(),
        Map.of(),
        some(locations, locations(random.nextInt(100)), random),
        some(departments, 1 + random.nextInt(2), random),
        List.of(),
        firm.country() == null
            ? List.of()
            : List.of(
                new Address(
                    "registered",
                    List.of(firm.street()),
                    firm.city(),
                    null,
                    firm.postalCode(),
                    firm.country(),
                    true)),
        List.of(new Contact(firm.contact(), firm.email(), null, firm.jobTitle(), true)),
        firm.company() ? identifiers(index) : List.of(),
        firm.trade().categories().stream().map(c -> new Category("custom", c, c)).toList(),
        firm.trade().name(),
        firm.currency(),
        TERMS.get(random.nextInt(TERMS.size())),
        random.nextInt(3) == 0 ? scores(random) : null);
  }

  /**
   * Numbers with right check digits that nobody else has: a location number that begins with 20 is
   * for use within a company (GS1), and no issuer of LEIs has the prefix 0000.
   */
  private static List<Identifier> identifiers(int index) {
    String gln = completed(IdentifierScheme.GLN, String.format(Locale.ROOT, "20%010d", index), 1);
    List<Identifier> identifiers = new ArrayList<>(List.of(new Identifier("gln", gln, null)));
    if (index % 4 == 0) {
      String lei = String.format(Locale.ROOT, "000000KTDEMO%06d", index);
      identifiers.add(new Identifier("lei", completed(IdentifierScheme.LEI, lei, 2), null));
    }
    if (index % 6 == 0) {
      identifiers.add(new Identifier("peppol", "0088:" + gln, null));
    }
    return identifiers;
  }

  private static String completed(IdentifierScheme scheme, String beginning, int digits) {
    for (int check = 0; check < 100; check++) {
      String format = "%s%0" + digits + "d";
      Optional<String> whole = scheme.normal(String.format(Locale.ROOT, format, beginning, check));
      if (whole.isPresent()) {
        return whole.get();
      }
    }
    throw new IllegalStateException("no check digits");
  }

  private static Scores scores(Random random) {
    return new Scores(score(random), score(random), score(random));
  }

  private static BigDecimal score(Random random) {
    return BigDecimal.valueOf(random.nextInt(51), 1);
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
