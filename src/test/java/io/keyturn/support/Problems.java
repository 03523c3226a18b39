package io.keyturn.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;

/** What every failure must look like. */
public final class Problems {
  private Problems() {}

  /** Asserts that an answer is a whole and discreet problem document. */
  public static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertProblem(answer);
    assertThat(answer.code()).isEqualTo(code);
  }

  /** Asserts that an answer is a problem document of whatever kind. */
  public static void assertProblem(Answer answer) {
    assertThat(answer.status()).isBetween(400, 599);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
    var json = answer.json();
    assertThat(json.getInt("status")).isEqualTo(answer.status());
    assertThat(json.getString("type")).isEqualTo("/problems/" + json.getString("code"));
    assertThat(json.getString("title")).isNotBlank();
    assertThat(json.getString("detail")).isNotBlank();
    assertThat(answer.headers().allValues("X-Request-Id"))
        .containsExactly(json.getString("request_id"));
    if (answer.status() == 401) {
      assertThat(json.getString("title")).isEqualTo("Unauthenticated.");
      assertThat(answer.header("WWW-Authenticate").orElse(""))
          .startsWith("Bearer realm=\"keyturn\"");
    }
    assertThat(answer.body())
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain("SRVE")
        .doesNotContain("a-message-that-nobody-may-see");
  }
}
