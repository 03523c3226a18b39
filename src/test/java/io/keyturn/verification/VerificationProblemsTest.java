package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Caller;
import io.keyturn.access.LocationLimit;
import io.keyturn.access.Restrictions;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.quota.KeyQuota.Taken;
import io.keyturn.quota.RecordedUse;
import io.keyturn.usage.CredentialNumber;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each refusal is told as: type, words and headers. */
class VerificationProblemsTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.5Z");
  private static final CredentialNumber NUMBER =
      new CredentialNumber(OrganisationId.random(), ApiKeyId.random(), 7);
  private static final Restrictions LIMITS =
      new Restrictions(Networks.ALL, 10, null, 50, LocationLimit.NONE);
  private static final CallerCredential CREDENTIAL =
      new CallerCredential(
          new Caller(
              NUMBER.organisationId(),
              "demo",
              "Demo",
              NUMBER.keyId(),
              "ERP",
              "live",
              Set.of(),
              7,
              AT,
              AT,
              LIMITS),
          NUMBER,
          AT.minusSeconds(60),
          new RecordedUse(null, null, null));
  private static final String BEARER = "Bearer realm=\"keyturn\"";

  private final VerificationProblems problems = new VerifyingBeans().problems;

  /** A refusal, and what it is told as. */
  record Expected(
      Verification.Refused refused, String code, String detail, Map<String, String> headers) {
    /**
     * A secret that was once accepted, or that looks like one: the challenge repeats the detail.
     */
    static Expected invalidToken(Verification.Refused refused, String code, String detail) {
      return new Expected(
          refused,
          code,
          detail,
          Map.of(
              "WWW-Authenticate",
              BEARER + ", error=\"invalid_token\", error_description=\"" + detail + "\""));
    }

    @Override
    public String toString() {
      return refused.getClass().getSimpleName();
    }
  }

  private static Taken taken(long leftOnDay, long waitSeconds) {
    return new Taken(LIMITS, 3, 42, leftOnDay, 43_200, waitSeconds);
  }

  private static Map<String, String> limited(String wait, String left, String organisation) {
    return Map.of(
        "Retry-After",
        wait,
        "X-API-Key-Expires-At",
        "2026-03-01T12:00:00Z",
        "X-API-Key-Retired-At",
        "2026-03-01T11:59:00Z",
        "RateLimit-Policy",
        "\"minute\";q=10;w=60, \"day\";q=50;w=86400"
            + (organisation.isEmpty() ? "" : ", \"organisation\";q=600;w=60"),
        "RateLimit",
        "\"minute\";r=3;t=42, \"day\";r=" + left + ";t=43200" + organisation);
  }

  static List<Expected> refusals() {
    Map<String, String> inNoNetwork =
        Map.of(
            "X-API-Key-Expires-At",
            "2026-03-01T12:00:00Z",
            "X-API-Key-Retired-At",
            "2026-03-01T11:59:00Z",
            "RateLimit-Policy",
            "\"minute\";q=10;w=60, \"day\";q=50;w=86400",
            "RateLimit",
            "\"minute\";r=3;t=42, \"day\";r=9;t=43200");
    return List.of(
        new Expected(
            new Verification.Missing("Send it."),
            "unauthenticated",
            "Send it.",
            Map.of("WWW-Authenticate", BEARER)),
        new Expected(
            new Verification.Ambiguous("Send it once."),
            "ambiguous_credentials",
            "Send it once.",
            Map.of()),
        Expected.invalidToken(
            new Verification.Malformed(MalformedSecret.RENEWAL_SECRET),
            "unauthenticated",
            "This is the secret of a renewal credential, which fetches the secret of its API key at"
                + " /api/v1/oauth/token."),
        Expected.invalidToken(
            new Verification.Malformed(MalformedSecret.NO_SECRET),
            "unauthenticated",
            "This is not the secret of an API key, which begins with kt_live_ or kt_test_. Was it"
                + " copied whole?"),
        Expected.invalidToken(
            new Verification.Malformed(MalformedSecret.TEXT_BEFORE),
            "unauthenticated",
            "Other characters stand before the secret: send it alone, without quotes. Send the"
                + " secret of an API key: Authorization: Bearer <secret>, or X-API-Key: <secret>."),
        Expected.invalidToken(
            new Verification.Malformed(MalformedSecret.MISTYPED),
            "unauthenticated",
            "This secret is not known here. Was it copied whole, and for this organisation?"),
        Expected.invalidToken(
            new Verification.Unknown(),
            "unauthenticated",
            "This secret is not known here. Was it copied whole, and for this organisation?"),
        new Expected(
            new Verification.UnknownClient(Use.REQUEST),
            "unauthenticated",
            "The client is unknown, or its secret is wrong.",
            Map.of("WWW-Authenticate", BEARER + ", Basic realm=\"keyturn\", charset=\"UTF-8\"")),
        new Expected(
            new Verification.UnknownClient(Use.VERIFYING),
            "unauthenticated",
            "The client is unknown, or its secret is wrong.",
            Map.of("WWW-Authenticate", BEARER)),
        Expected.invalidToken(
            new Verification.Refreshed(NUMBER, AT),
            "secret_refreshed",
            "This secret was refreshed at 2026-03-01T12:00:00Z. Use the key's new secret."),
        Expected.invalidToken(
            new Verification.Expired(NUMBER, AT),
            "secret_expired",
            "This secret expired at 2026-03-01T12:00:00Z. The key's new secret is created within a"
                + " minute; use that."),
        Expected.invalidToken(
            new Verification.Revoked(NUMBER, AT),
            "key_revoked",
            "The API key of this secret was revoked at 2026-03-01T12:00:00Z."),
        Expected.invalidToken(
            new Verification.KeyExpired(NUMBER, AT),
            "key_expired",
            "The API key of this secret expired at 2026-03-01T12:00:00Z."),
        new Expected(
            new Verification.NetworkNotAllowed(CREDENTIAL, "192.0.2.7", taken(9, 0)),
            "network_not_allowed",
            "This API key is not allowed from 192.0.2.7, which is in none of its networks.",
            inNoNetwork),
        new Expected(
            new Verification.NetworkNotAllowed(CREDENTIAL, "192.0.2.7", null),
            "network_not_allowed",
            "This API key is not allowed from 192.0.2.7, which is in none of its networks.",
            Map.of()),
        new Expected(
            new Verification.ClientNetworkNotAllowed(NUMBER, "192.0.2.7"),
            "network_not_allowed",
            "This renewal credential is not allowed from 192.0.2.7, which is in none of its"
                + " networks.",
            Map.of()),
        new Expected(
            new Verification.KeyRateLimited(CREDENTIAL, taken(9, 6)),
            "rate_limited",
            "This API key may make 10 requests a minute.",
            limited("6", "9", "")),
        new Expected(
            new Verification.KeyRateLimited(CREDENTIAL, taken(0, 43_200)),
            "rate_limited",
            "This API key may make 50 requests a day; the day ends at 00:00 UTC.",
            limited("43200", "0", "")),
        new Expected(
            new Verification.OrganisationRateLimited(CREDENTIAL, taken(9, 0), 600, 3),
            "rate_limited",
            "The keys of this organisation together make too many requests.",
            limited("3", "9", ", \"organisation\";r=0;t=60")),
        new Expected(
            new Verification.TooManyFailures(11),
            "rate_limited",
            "Too many wrong secrets came from this address.",
            Map.of("Retry-After", "11")),
        new Expected(
            new Verification.TooManyClientFailures(12),
            "rate_limited",
            "Too many wrong credentials came from this address.",
            Map.of("Retry-After", "12")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusalIsToldByItsTypeItsWordsAndItsHeaders(Expected told) {
    ProblemException problem = problems.of(told.refused());

    assertThat(problem.type().code()).isEqualTo(told.code());
    assertThat(problem.detail()).isEqualTo(told.detail());
    assertThat(problem.headers()).containsExactlyInAnyOrderEntriesOf(told.headers());
  }

  @Test
  void unknownClientIsToldInTheWordOfOauthToo() {
    assertThat(problems.of(new Verification.UnknownClient(Use.REQUEST)).members())
        .containsExactly(Map.entry("error", "invalid_client"));
  }

  @Test
  void noRefusalIsForgottenHere() {
    assertThat(refusals().stream().map(told -> (Object) told.refused().getClass()))
        .containsAll(variants(Verification.Refused.class).toList());
  }

  private static Stream<Class<?>> variants(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(VerificationProblemsTest::variants)
        : Stream.of(type);
  }
}
