package io.keyturn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void onlyOneOfAThingHasNoPlural() {
    assertThat(Count.of(0, "request")).isEqualTo("0 requests");
    assertThat(Count.of(1, "request")).isEqualTo("1 request");
    assertThat(Count.of(2, "API key")).isEqualTo("2 API keys");
  }
}
