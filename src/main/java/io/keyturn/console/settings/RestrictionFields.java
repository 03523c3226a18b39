package io.keyturn.console.settings;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Restrictions;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.NewApiKey;
import io.keyturn.network.Networks;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields in which people enter a key's restrictions and its planned end. */
public class RestrictionFields implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The ids of the fields in their form, by the names that problems use. */
  static final Map<String, String> IDS =
      Map.of(
          "networks", "networks",
          "expires_at", "expires",
          "requests_per_minute", "per-minute",
          "burst", "burst",
          "requests_per_day", "per-day",
          "restrict.locations", "locations");

  private final ZoneId zone;
  private final @Nullable Instant endBefore;
  private String networks = "";
  private String expires = "";
  private String perMinute = "";
  private String burst = "";
  private String perDay = "";
  private String locations = "";

  /**
   * The fields for a key without restrictions.
   *
   * @param zone in which the planned end is entered
   */
  RestrictionFields(ZoneId zone) {
    this.zone = zone;
    endBefore = null;
  }

  /**
   * The fields with the restrictions of a key.
   *
   * @param locations the names of its locations
   * @param zone in which the planned end is entered
   */
  RestrictionFields(ApiKeyRow key, List<String> locations, ZoneId zone) {
    this.zone = zone;
    endBefore = key.expiresAt();
    networks = key.networks().replace(' ', '\n');
    expires = shown(endBefore);
    perMinute = shown(key.requestsPerMinute());
    burst = shown(key.burst());
    perDay = shown(key.requestsPerDay());
    this.locations = String.join("\n", locations);
  }

  private static String shown(@Nullable Integer number) {
    return number == null ? "" : number.toString();
  }

  private String shown(@Nullable Instant end) {
    return end == null
        ? ""
        : LocalDateTime.ofInstant(end, zone).truncatedTo(ChronoUnit.MINUTES).toString();
  }

  /**
   * The restrictions that were entered.
   *
   * @param errors get what is wrong with each field
   * @param named the limit to locations with these names
   */
  Restrictions restrictions(FieldErrors errors, Function<List<String>, LocationLimit> named) {
    Networks allowed = errors.or(Networks.ALL, () -> Networks.parse(networks));
    // With a stand-in of nothing, the burst would be said to need a limit.
    Integer minute =
        errors.or(Restrictions.DEFAULT_PER_MINUTE, () -> number("requests_per_minute", perMinute));
    Integer once = errors.orNull(() -> number("burst", burst));
    Integer day = errors.orNull(() -> number("requests_per_day", perDay));
    List<String> names =
        locations.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    LocationLimit limit = errors.or(LocationLimit.NONE, () -> named.apply(names));
    return errors.or(Restrictions.NONE, () -> new Restrictions(allowed, minute, once, day, limit));
  }

  private static @Nullable Integer number(String field, String text) {
    try {
      return text.isBlank() ? null : Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw ProblemException.invalid(field, "must be a whole number");
    }
  }

  /**
   * The planned end that was entered. Where the field was not changed, the key's planned end to the
   * microsecond.
   *
   * @param errors get what is wrong with the field
   */
  @Nullable Instant end(FieldErrors errors, Instant now) {
    return errors.orNull(() -> expires.equals(shown(endBefore)) ? endBefore : entered(now));
  }

  private @Nullable Instant entered(Instant now) {
    if (expires.isBlank()) {
      return null;
    }
    try {
      Instant end = LocalDateTime.parse(expires.strip()).atZone(zone).toInstant();
      NewApiKey.refusePast(end, now);
      return end;
    } catch (DateTimeException e) {
      throw ProblemException.invalid("expires_at", "must be a date and a time");
    }
  }

  /** Addresses and CIDR blocks, one per line. */
  public String getNetworks() {
    return networks;
  }

  public void setNetworks(String networks) {
    this.networks = networks;
  }

  /** The name of the zone in which the planned end is entered. */
  public String getZone() {
    return zone.getId();
  }

  /** A date and a time in the zone as HTML writes them: {@code 2026-01-31T12:00}. */
  public String getExpires() {
    return expires;
  }

  public void setExpires(String expires) {
    this.expires = expires;
  }

  public String getPerMinute() {
    return perMinute;
  }

  public void setPerMinute(String perMinute) {
    this.perMinute = perMinute;
  }

  public String getBurst() {
    return burst;
  }

  public void setBurst(String burst) {
    this.burst = burst;
  }

  public String getPerDay() {
    return perDay;
  }

  public void setPerDay(String perDay) {
    this.perDay = perDay;
  }

  /** Names or ids of locations, one per line. */
  public String getLocations() {
    return locations;
  }

  public void setLocations(String locations) {
    this.locations = locations;
  }
}
