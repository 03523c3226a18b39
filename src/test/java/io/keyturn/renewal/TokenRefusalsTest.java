package io.keyturn.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each refusal of a renewal is told as. */
class TokenRefusalsTest {
  private static final String NO_CLIENT = "The client is unknown, or its secret is wrong.";

  private final TokenRefusals refusals = new TokenRefusals();

  record RedactedFailure(Renewal.Refused refused, TokenError error, String description) {}

  static Stream<RedactedFailure> refusals() {
    return Stream.of(
        new RedactedFailure(new Renewal.UnknownClient(), TokenError.INVALID_CLIENT, NO_CLIENT),
        new RedactedFailure(new Renewal.NetworkNotAllowed(), TokenError.INVALID_CLIENT, NO_CLIENT),
        new RedactedFailure(new Renewal.JustEnded(), TokenError.INVALID_CLIENT, NO_CLIENT),
        new RedactedFailure(
            new Renewal.ScopeLacking(),
            TokenError.INVALID_SCOPE,
            "The API key does not have all of these scopes."),
        new RedactedFailure(
            new Renewal.KeyExpired(), TokenError.INVALID_GRANT, "The API key has expired."));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusalIsToldByItsErrorAndItsWords(RedactedFailure told) {
    TokenRefusal failure = (TokenRefusal) refusals.of(told.refused());

    assertThat(failure.error()).isEqualTo(told.error());
    assertThat(failure.description()).isEqualTo(told.description());
  }

  @Test
  void senderOfTooManyWrongCredentialsIsToldForHowLongToWait() {
    ProblemException failure = (ProblemException) refusals.of(new Renewal.TooManyFailures(7));

    assertThat(failure.type()).isEqualTo(ProblemType.RATE_LIMITED);
    assertThat(failure.detail()).isEqualTo("Too many wrong credentials came from this address.");
    assertThat(failure.headers()).isEqualTo(Map.of("Retry-After", "7"));
  }
}
