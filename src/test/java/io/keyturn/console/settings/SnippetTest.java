package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnippetTest {

  @ParameterizedTest
  @EnumSource(Snippet.class)
  void programCallsTheServerItIsFor(Snippet snippet) {
    String program = snippet.of("https://keyturn.example", "kt_live_secret");

    assertThat(program).contains("https://keyturn.example/api/v1").doesNotContain("{{");
    assertThat(program.contains("kt_live_secret")).isEqualTo(snippet == Snippet.CURL);
    assertThat(program.contains("KEYTURN_SECRET")).isEqualTo(snippet != Snippet.CURL);
  }
}
