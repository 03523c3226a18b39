package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.network.Networks;
import io.keyturn.network.PublicNetwork;
import io.keyturn.problem.ProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {
  private static final TargetPolicy PUBLIC = policy("");
  private static final TargetPolicy LISTED = policy("10.1.0.0/16 ::1");

  private static TargetPolicy policy(String networks) {
    return new TargetPolicy(new WebhookSettings(Networks.parse(networks)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://example.com:8443/a?b=c",
        "https://93.184.215.14/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/hook"
      })
  void publicAddressIsTaken(String url) {
    assertThat(PUBLIC.target(url)).hasToString(url);
  }

  /** A request cannot have them: they would be sent as other characters, and name another path. */
  @ParameterizedTest
  @CsvSource({
    "https://example.com/хук, https://example.com/%D1%85%D1%83%D0%BA",
    "https://example.com/a?name=Jörg, https://example.com/a?name=J%C3%B6rg",
    "https://example.com/%C3%B6, https://example.com/%C3%B6"
  })
  void otherCharactersThanAsciiAreEncoded(String url, String called) {
    assertThat(PUBLIC.target(url)).hasToString(called);
  }

  /** In a host they are encoded otherwise, and look like other hosts. */
  @ParameterizedTest
  @ValueSource(strings = {"https://bücher.example/", "https://еxample.com/"})
  void hostHasAsciiCharactersOnly(String url) {
    assertThatThrownBy(() -> PUBLIC.target(url)).isInstanceOf(ProblemException.class);
  }

  @Test
  void halfACharacterIsRefused() {
    assertThatThrownBy(() -> PUBLIC.target("https://example.com/\ud83d"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void addressIsAsLongAsItsColumnWhenItIsEncoded() {
    String begin = "https://example.com/";
    assertThat(PUBLIC.target(begin + "ö".repeat(330)).toString()).hasSize(2000);
    assertThatThrownBy(() -> PUBLIC.target(begin + "ö".repeat(331)))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.com | must begin with https",
        "ftp://example.com | must begin with https",
        "http://example.com | must begin with https",
        "https:example.com | is not an address",
        "https:///a | is not an address",
        "https://exa mple.com | is not an address",
        "https://user:password@example.com | user name",
        "https://example.com/#a | after #",
        "https://example.com:22 | port",
        "https://example.com:0 | port",
        "https://example.com:70000 | port",
        "https://127.0.0.1 | network",
        "https://127.1 | is not an address",
        "https://2130706433 | plain",
        "https://0x7f.1 | is not an address",
        "https://0177.0.0.1 | plain",
        "https://[::1] | network",
        "https://[::ffff:127.0.0.1] | network",
        "https://[::ffff:7f00:1] | network",
        "https://[64:ff9b::7f00:1] | network",
        "https://[2002:7f00:1::] | network",
        "https://169.254.169.254/latest/meta-data | network",
        "https://[fe80::1] | network",
        "https://[fd00:ec2::254] | network",
        "https://10.0.0.1 | network",
        "https://172.16.3.4 | network",
        "https://192.168.1.1 | network",
        "https://100.64.0.1 | network",
        "https://0.0.0.0 | network",
        "https://224.0.0.1 | network",
        "https://255.255.255.255 | network"
      })
  void otherAddressIsRefusedAndTheMessageSaysWhy(String url, String message) {
    assertThatThrownBy(() -> PUBLIC.target(url))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.detail()).contains(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://10.1.2.3/", "http://10.1.2.3:8080/", "http://[::1]:9000/"})
  void networkThatTheOperatorListsIsTakenAlsoByHttp(String url) {
    assertThat(LISTED.target(url)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://10.2.2.3/", "http://93.184.215.14/", "https://127.0.0.1/"})
  void listOfTheOperatorOpensNothingElse(String url) {
    assertThatThrownBy(() -> LISTED.target(url)).isInstanceOf(ProblemException.class);
  }

  /** A name may be answered with any address at any time: the connection's address counts. */
  @Test
  void nameIsCheckedByTheAddressesThatItHasNow() throws UnknownHostException {
    assertThat(PUBLIC.target("https://localhost/")).hasToString("https://localhost/");
    assertThatThrownBy(() -> PUBLIC.allowed("localhost", false))
        .isInstanceOf(TargetPolicy.Refused.class);
    assertThat(policy("127.0.0.1").allowed("localhost", true))
        .containsExactly(InetAddress.getByName("127.0.0.1"));
  }

  @Test
  void publicNetworkHasOrdinaryAddresses() throws UnknownHostException {
    assertThat(PublicNetwork.has(InetAddress.getByName("8.8.8.8"))).isTrue();
    assertThat(PublicNetwork.has(InetAddress.getByName("2001:4860:4860::8888"))).isTrue();
  }
}
