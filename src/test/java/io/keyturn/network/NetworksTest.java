package io.keyturn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

  @Test
  void noneMeansEveryNetwork() {
    assertThat(Networks.parse(" \n").admits("203.0.113.9")).isTrue();
    assertThat(Networks.ALL.toString()).isEmpty();
  }

  @Test
  void blocksAreKeptInCanonicalFormAndOnce() {
    assertThat(Networks.parse("2001:DB8:0:0::/32, 192.0.2.0/24\n192.0.2.0/24;198.51.100.7"))
        .hasToString("2001:db8::/32 192.0.2.0/24 198.51.100.7");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.0/24, ::ffff:192.0.2.7, true",
    "192.0.2.0/24, ::ffff:192.0.3.7, false",
    "198.51.100.7, 198.51.100.7, true",
    "198.51.100.7, 198.51.100.8, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "fe80::/10, fe80::1%eth0, true",
    "::1, 0:0:0:0:0:0:0:1, true",
    "192.0.2.0/24, nonsense, false",
    "192.0.2.0/24, '', false"
  })
  void addressIsAdmittedWhereABlockHoldsIt(String networks, String address, boolean admitted) {
    assertThat(Networks.parse(networks).admits(address)).isEqualTo(admitted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "192.0.2",
        "1",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/",
        "/24",
        "*",
        "192.0.2.*",
        "192.0.2.1-9",
        "192.0.2.0/255.255.255.0",
        "0x7f.0.0.1",
        "010.0.0.1",
        "2001:db8::/129",
        "2001:db8::g",
        "fe80::1%eth0",
        "192.0.2.7/24",
        "2001:db8::1/32",
        "a b"
      })
  void anythingElseIs422NamingTheField(String networks) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> Networks.parse(networks));

    assertThat(refused.type()).isEqualTo(ProblemType.INVALID);
    assertThat(refused.errors()).isNotEmpty().allMatch(e -> e.field().equals("networks"));
  }

  @Test
  void blockWithBitsAfterThePrefixIsExplained() {
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> Networks.parse("10.1.2.3/8"))
                .errors()
                .get(0)
                .message())
        .contains("10.0.0.0/8");
  }

  @Test
  void moreThanFiftyAreRefused() {
    String many =
        IntStream.range(0, 51).mapToObj(i -> "192.0.2." + i).collect(Collectors.joining(" "));

    assertThat(catchThrowableOfType(ProblemException.class, () -> Networks.parse(many)))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/25, 192.0.2.0/24, true",
    "192.0.2.0/24, 192.0.2.0/24, true",
    "192.0.2.7 2001:db8::1, 2001:db8::/32 192.0.2.0/24, true",
    "192.0.2.0/23, 192.0.2.0/24, false",
    "192.0.2.7 198.51.100.1, 192.0.2.0/24, false",
    "2001:db8::1, 0.0.0.0/0, false",
    "'', 0.0.0.0/0, false",
    "192.0.2.7, '', true",
    "'', '', true"
  })
  void isWithinOthersWhereTheyAdmitAllOfIt(String inner, String outer, boolean within) {
    assertThat(Networks.parse(inner).within(Networks.parse(outer))).isEqualTo(within);
  }

  /** Compared with each other, 60 000 cost minutes. */
  @Test
  void readingStopsWhereThereAreTooMany() {
    String many =
        IntStream.range(0, 60_000)
            .mapToObj(i -> "10.%d.%d.1".formatted(i / 250, i % 250))
            .collect(Collectors.joining(" "));
    String repeated = "10.0.0.1 ".repeat(60_000);

    ProblemException refused =
        assertTimeout(
            Duration.ofSeconds(10),
            () ->
                catchThrowableOfType(ProblemException.class, () -> Networks.parse(many + " bad")));

    assertThat(refused.detail()).isEqualTo("networks: must not be more than 50");
    assertThat(refused.errors()).hasSize(1);
    assertThat(Networks.parse(repeated)).hasToString("10.0.0.1");
  }

  @Test
  void noMoreErrorsAreNamedThanSomebodyReads() {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> Networks.parse("nonsense ".repeat(60_000)));

    assertThat(refused.errors()).hasSizeBetween(ProblemException.MOST, ProblemException.MOST + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.0/24",
    "::ffff:203.0.113.9, 203.0.113.0/24",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "::1, ::/64",
    "somewhere, somewhere"
  })
  void addressesOfOneClientAreInOneNetwork(String address, String network) {
    assertThat(Networks.around(address)).isEqualTo(network);
  }
}
