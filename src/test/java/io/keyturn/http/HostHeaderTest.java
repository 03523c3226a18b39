package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest {
  @Test
  void nameAndPortAreTakenApart() {
    assertThat(HostHeader.parse("Demo.Example.com.:8443"))
        .contains(new HostHeader("demo.example.com", ":8443"));
    assertThat(HostHeader.parse("localhost")).contains(new HostHeader("localhost", ""));
    assertThat(HostHeader.parse("[::1]:80")).contains(new HostHeader("[::1]", ":80"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a,b",
        "a/b",
        "a@b",
        "a:b",
        "a:",
        "a:123456",
        ".a",
        "-a",
        "a_b",
        "<a>",
        "[::1",
        "[x]",
        "[]",
        ".",
        "a-",
        "a:\uff18",
        "a\u0000b",
        "\u00e4.example"
      })
  void garbledIsNone(String value) {
    assertThat(HostHeader.parse(value)).isEmpty();
  }

  @Test
  void serverNameIsTheSameInWhateverCase() {
    HostHeader host = HostHeader.parse("demo.localhost:80").orElseThrow();

    assertThat(host.isServer("DEMO.localhost")).isTrue();
    assertThat(host.isServer("demo.localhost.")).isTrue();
    assertThat(host.isServer("other.localhost")).isFalse();
    assertThat(HostHeader.parse("[::1]:80").orElseThrow().isServer("::1")).isTrue();
  }
}
