package io.keyturn.apikey.rest;

import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyChange;
import io.keyturn.apikey.NewApiKey;
import io.keyturn.apikey.RefreshPolicy;
import io.keyturn.apikey.RestrictionChange;
import io.keyturn.network.Networks;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request bodies about API keys. Unknown members are refused. */
final class ApiKeyRequests {
  private ApiKeyRequests() {}

  /** A key to create. */
  @Schema(
      name = "ApiKeyCreation",
      requiredProperties = "name",
      examples =
          """
          {"name": "ERP", "scopes": ["suppliers:read"], "refresh_interval": "PT24H",
           "grace_period": "PT1H"}\
          """)
  public record Create(
      @Schema(
              minLength = 1,
              maxLength = 100,
              examples = "ERP",
              description =
                  "Unique among the organisation's keys that are not revoked; upper and lower"
                      + " case are the same.")
          @Nullable String name,
      @Schema(
              enumeration = {"live", "test"},
              defaultValue = "live",
              description = "Default: `live`.")
          @Nullable String environment,
      @Schema(
              minItems = 1,
              defaultValue = "[\"suppliers:read\"]",
              description = "What the key may do. The calling key must have each of these scopes.")
          @Nullable List<String> scopes,
      @Schema(
              name = "refresh_interval",
              implementation = String.class,
              format = "duration",
              defaultValue = "PT24H",
              description = "ISO 8601, PT1H to PT2160H.")
          @Nullable Duration refreshInterval,
      @Schema(
              name = "grace_period",
              implementation = String.class,
              format = "duration",
              defaultValue = "PT1H",
              description = "ISO 8601, PT0S to PT24H, and not longer than the interval.")
          @Nullable Duration gracePeriod,
      @Schema(name = "expires_at", description = "The key's planned end.")
          @Nullable Instant expiresAt,
      @Schema(
              maxItems = 50,
              examples = "[\"192.0.2.0/24\", \"2001:db8::/32\"]",
              description =
                  "The networks from which the key may be used: at most 50 addresses and CIDR blocks.")
          @Nullable List<String> networks,
      @Schema(
              name = "requests_per_minute",
              minimum = "1",
              maximum = "60000",
              description = "In the long run. Default: 6000.")
          @Nullable Integer requestsPerMinute,
      @Schema(
              minimum = "1",
              maximum = "60000",
              description =
                  "The requests at once: at most 60 times requests_per_minute. Default: the"
                      + " requests of a minute.")
          @Nullable Integer burst,
      @Schema(
              name = "requests_per_day",
              minimum = "1",
              maximum = "100000000",
              description = "Counted from 00:00 UTC. Default: no limit.")
          @Nullable Integer requestsPerDay,
      KeyLimitRequests.@Nullable Limit restrict) {

    /**
     * The key to create.
     *
     * @throws ProblemException 422 naming the member at fault
     */
    NewApiKey wanted() {
      if (name == null) {
        throw ProblemException.invalid("name", "must be given");
      }
      return new NewApiKey(
          name,
          environment == null ? "live" : environment,
          scopes == null ? EnumSet.of(Scope.SUPPLIERS_READ) : known(scopes),
          new ApiKeyChange(null, null, refreshInterval, gracePeriod, RestrictionChange.NONE)
              .policy(RefreshPolicy.DEFAULT),
          new Restrictions(
              networks == null ? Networks.ALL : blocks(networks),
              requestsPerMinute,
              burst,
              requestsPerDay,
              KeyLimitRequests.wanted(restrict)),
          expiresAt);
    }
  }

  /** A change of a key. */
  @Schema(
      name = "ApiKeyChange",
      examples = "{\"requests_per_minute\": 600, \"grace_period\": \"PT2H\"}",
      description =
          "Absent members stay as they are. Null removes a planned end, networks, locations or a"
              + " limit; in other members, null counts as absent.")
  public record Change(
      @Schema(minLength = 1, maxLength = 100) @Nullable String name,
      @Schema(
              minItems = 1,
              description =
                  "All scopes of the key from now on. The calling key must have each added scope.")
          @Nullable List<String> scopes,
      @Schema(
              name = "refresh_interval",
              implementation = String.class,
              format = "duration",
              examples = "PT24H",
              description = "ISO 8601, PT1H to PT2160H.")
          @Nullable Duration refreshInterval,
      @Schema(
              name = "grace_period",
              implementation = String.class,
              format = "duration",
              examples = "PT1H",
              description = "ISO 8601, PT0S to PT24H, and not longer than the interval.")
          @Nullable Duration gracePeriod,
      @Schema(
              name = "expires_at",
              implementation = Instant.class,
              nullable = true,
              description = "The key's planned end; null for none.")
          @Nullable Optional<Instant> expiresAt,
      @Schema(
              type = SchemaType.ARRAY,
              implementation = String.class,
              nullable = true,
              minItems = 1,
              maxItems = 50,
              description =
                  "The networks from which the key may be used; null for every network. An"
                      + " empty list is refused.")
          @Nullable Optional<List<String>> networks,
      @Schema(
              name = "requests_per_minute",
              implementation = Integer.class,
              nullable = true,
              minimum = "1",
              maximum = "60000",
              description = "In the long run; null for 6000.")
          @Nullable Optional<Integer> requestsPerMinute,
      @Schema(
              implementation = Integer.class,
              nullable = true,
              minimum = "1",
              maximum = "60000",
              description = "The requests at once; null for the requests of a minute.")
          @Nullable Optional<Integer> burst,
      @Schema(
              name = "requests_per_day",
              implementation = Integer.class,
              nullable = true,
              minimum = "1",
              maximum = "100000000",
              description = "Counted from 00:00 UTC; null for no limit.")
          @Nullable Optional<Integer> requestsPerDay,
      @Schema(nullable = true) @Nullable Optional<KeyLimitRequests.Change> restrict) {

    /**
     * The change as the service takes it.
     *
     * @throws ProblemException 422 naming the member at fault
     */
    ApiKeyChange change() {
      return new ApiKeyChange(
          name,
          scopes == null ? null : known(scopes),
          refreshInterval,
          gracePeriod,
          new RestrictionChange(
              networks == null ? null : networks.map(ApiKeyRequests::named),
              requestsPerMinute,
              burst,
              requestsPerDay,
              expiresAt,
              KeyLimitRequests.changed(restrict)));
    }
  }

  /** A refresh. */
  @Schema(
      name = "Refresh",
      requiredProperties = "replaces",
      examples = "{\"replaces\": 1, \"grace_period\": \"PT1H\"}")
  public record Refresh(
      @Schema(
              minimum = "1",
              description =
                  "The number of the secret to replace. The same number gets the same successor.")
          @Nullable Integer replaces,
      @Schema(
              name = "grace_period",
              implementation = String.class,
              format = "duration",
              examples = "PT1H",
              description =
                  "How long the previous secret stays accepted: ISO 8601, PT0S to PT24H, and"
                      + " not longer than the interval. Default: the key's own grace period.")
          @Nullable Duration gracePeriod) {

    /**
     * The number.
     *
     * @throws ProblemException 422 when it is absent
     */
    int number() {
      if (replaces == null) {
        throw ProblemException.invalid("replaces", "must be given");
      }
      return replaces;
    }
  }

  /** A reason, for the audit log. */
  @Schema(name = "Reason", examples = "{\"reason\": \"Found in a public repository\"}")
  public record Why(
      @Schema(maxLength = 500, description = "For the audit log.") @Nullable String reason) {}

  /**
   * The networks of a change. An empty list is refused because it is ambiguous: a client whose
   * lists start empty means no change, another client means the end of the restriction.
   */
  private static Networks named(List<String> blocks) {
    if (blocks.isEmpty()) {
      throw ProblemException.invalid(
          "networks", "must name a network; null allows every network, absent changes nothing");
    }
    return blocks(blocks);
  }

  private static Networks blocks(List<String> blocks) {
    return Networks.parse(String.join(" ", blocks));
  }

  private static Set<Scope> known(List<String> codes) {
    if (codes.isEmpty()) {
      throw ProblemException.invalid("scopes", "must name a scope, or be absent");
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      String field = "scopes[" + i + "]";
      Scope.of(codes.get(i))
          .filter(Scope::opensToKeys)
          .ifPresentOrElse(
              scopes::add, () -> errors.add(new FieldError(field, "is not a scope of API keys")));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return scopes;
  }
}
