package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.supplier.DemoWords.Home;
import io.keyturn.supplier.DemoWords.Trade;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
      List.of(OnboardingStatus.NOT_STARTED, OnboardingStatus.INVITED, OnboardingStatus.IN_PROGRESS);

  private final OrganisationId organisationId;
  private final Instant now;
  private final List<Location> locations;

  DemoSuppliers(OrganisationId organisationId, Instant now) {
    this.organisationId = organisationId;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.locations =
        DemoWords.LOCATIONS.stream()
            .map(name -> new Location(id("location", name), organisationId, name))
            .toList();
  }

  private UUID id(String kind, String name) {
    String seed = organisationId + "/" + kind + "/" + name;
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
  }

  List<Location> locations() {
    return locations;
  }

  /** The suppliers numbered from {@code first} to {@code last}, both included. */
  List<Supplier> suppliers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(this::supplier).toList();
  }

  /** One to three locations to which this supplier delivers. */
  List<SupplierLocation> locationsOf(Supplier supplier) {
    Random random = new Random(supplier.number().hashCode() * SPREAD);
    List<Location> shuffled = new ArrayList<>(locations);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, 1 + random.nextInt(3)).stream()
        .map(location -> new SupplierLocation(supplier, location))
        .toList();
  }

  private Supplier supplier(int index) {
    Random random = new Random(index * SPREAD);
    String number = String.format(Locale.ROOT, "S-%06d", index);
    Instant createdAt = now.minusSeconds(random.nextLong(HISTORY.toSeconds()));
    Supplier supplier =
        new Supplier(
            id("supplier", number), organisationId, number, details(index, random), createdAt);
    SupplierStatus status = status(random.nextInt(100));
    long age = Duration.between(createdAt, now).toSeconds();
    supplier.stand(
        status, onboarding(status, random), createdAt.plusSeconds(random.nextLong(age + 1)));
    return supplier;
  }

  private static SupplierDetails details(int index, Random random) {
    Home home = DemoWords.HOMES.get(random.nextInt(DemoWords.HOMES.size()));
    Trade trade = DemoWords.TRADES.get(index * STRIDE % DemoWords.TRADES.size());
    boolean company = random.nextInt(10) > 0;
    String name = company ? company(index) : person(index);
    return new SupplierDetails(
        random.nextInt(5) > 0 ? "ERP-" + (40_000 + index) : null,
        name,
        company ? name + " " + home.legalForm() : name,
        company ? SupplierType.COMPANY : SupplierType.INDIVIDUAL,
        home.country(),
        trade.categories(),
        home.currency());
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
