package io.keyturn.user.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInBackOffTest {
  private static final String ADA = "ada@demo.example";

  private final SignInBackOff backOff = new SignInBackOff();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @BeforeEach
  void turnable() {
    InstantSource source = () -> now;
    Clock clock = source.withZone(ZoneOffset.UTC);
    Fields.set(backOff, "clock", clock);
  }

  private boolean begins(String email, String address) {
    return backOff.begin(email, SignInPlace.unknown(address)).isEmpty();
  }

  /** How many of 100 tries that nobody has ended yet are looked at. */
  private long atTheSameTime(String email, String address) {
    return IntStream.range(0, 100)
        .filter(i -> begins(email.replace("#", "" + i), address.replace("#", "" + i)))
        .count();
  }

  @Test
  void personIsToldHowManySecondsToWait() {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);

    assertThat(new Authentication.Outcome.Later(now.plusMillis(500)).sentence(clock))
        .endsWith("in 1 second.");
    assertThat(new Authentication.Outcome.Later(now.plusMillis(1500)).sentence(clock))
        .endsWith("in 2 seconds.");
  }

  @Test
  void guessesForAnAccountAtTheSameTimeAreNoMoreThanOneAfterAnother() {
    assertThat(atTheSameTime(ADA, "192.0.2.#")).isEqualTo(5);

    IntStream.range(0, 5).forEach(i -> backOff.end(ADA, SignInPlace.unknown("192.0.2." + i), true));
    assertThat(begins(ADA, "198.51.100.1")).as("closed").isFalse();
    now = now.plusSeconds(3);
    assertThat(atTheSameTime(ADA, "198.51.100.#")).as("one at a time").isEqualTo(1);
  }

  @Test
  void guessesFromAnAddressAtTheSameTimeAreNoMoreThanOneAfterAnother() {
    assertThat(atTheSameTime("p#@demo.example", "192.0.2.1")).isEqualTo(30);

    IntStream.range(0, 30)
        .forEach(
            i -> backOff.end("p" + i + "@demo.example", SignInPlace.unknown("192.0.2.1"), true));
    assertThat(begins(ADA, "192.0.2.1")).as("closed").isFalse();
    assertThat(begins(ADA, "192.0.2.2")).as("nobody else").isTrue();
  }

  @Test
  void triesThatAreNoFailuresCloseNothing() {
    for (int i = 0; i < 100; i++) {
      assertThat(begins(ADA, "192.0.2.1")).isTrue();
      backOff.end(ADA, SignInPlace.unknown("192.0.2.1"), false);
    }
  }

  @Test
  void whatWasRefusedForTheAccountLeavesItsAddressFree() {
    assertThat(atTheSameTime(ADA, "192.0.2.1")).isEqualTo(5);

    assertThat(atTheSameTime("p#@demo.example", "192.0.2.1")).isEqualTo(25);
  }

  @Test
  void rightPasswordMakesTheFailuresBeforeItHarmlessButNotThoseOfTheAddress() {
    for (int i = 0; i < 4; i++) {
      assertThat(begins(ADA, "192.0.2.1")).isTrue();
      backOff.end(ADA, SignInPlace.unknown("192.0.2.1"), true);
    }
    assertThat(begins(ADA, "192.0.2.1")).isTrue();
    backOff.succeeded(ADA, SignInPlace.unknown("192.0.2.1"));
    backOff.end(ADA, SignInPlace.unknown("192.0.2.1"), false);

    assertThat(atTheSameTime(ADA, "192.0.2.#")).isEqualTo(5);
    assertThat(atTheSameTime("p#@demo.example", "192.0.2.1")).isLessThanOrEqualTo(26);
  }

  @Test
  void eachFurtherFailureDoublesTheTimeUpToAQuarterOfAnHour() {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 20; i++) {
      Instant pending = now;
      while (!begins(ADA, "192.0.2." + i)) {
        now = now.plusSeconds(1);
      }
      longest = Duration.between(pending, now);
      backOff.end(ADA, SignInPlace.unknown("192.0.2." + i), true);
    }

    assertThat(longest).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void strangersShutNobodyOutAtAKnownPlace() {
    SignInPlace browser = new SignInPlace("192.0.2.1", "browser 1");
    for (int i = 0; i < 10; i++) {
      if (begins(ADA, "192.0.2.1")) {
        backOff.end(ADA, SignInPlace.unknown("192.0.2.1"), true);
      }
    }
    assertThat(begins(ADA, "198.51.100.1")).as("a new place").isFalse();

    assertThat(backOff.begin(ADA, browser)).isEmpty();
    backOff.succeeded(ADA, browser);
    backOff.end(ADA, browser, false);

    assertThat(begins(ADA, "198.51.100.1")).as("it opens nothing to strangers").isFalse();
  }

  @Test
  void knownPlaceHasABudgetOfItsOwnAndNoMore() {
    SignInPlace browser = new SignInPlace("192.0.2.1", "browser 1");
    for (int i = 0; i < 5; i++) {
      assertThat(backOff.begin(ADA, browser)).isEmpty();
      backOff.end(ADA, browser, true);
    }

    assertThat(backOff.begin(ADA, browser)).isPresent();
    assertThat(backOff.begin(ADA, new SignInPlace("192.0.2.1", "browser 2"))).isEmpty();
    assertThat(begins(ADA, "192.0.2.1")).isTrue();
  }

  @Test
  void addressesOfOneNetworkAreOne() {
    assertThat(atTheSameTime("p#@demo.example", "2001:db8:1:2::#")).isEqualTo(30);
    assertThat(begins(ADA, "2001:db8:1:3::1")).as("another network").isTrue();
  }
}
