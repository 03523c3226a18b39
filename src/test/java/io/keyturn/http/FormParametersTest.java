package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FormParametersTest {
  private static Map<String, String[]> read(@Nullable String query, String body)
      throws IOException {
    return FormParameters.read(
        query, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void addressComesBeforeTheBodyAndTextIsUtf8() throws IOException {
    Map<String, String[]> form =
        read(
            "a=1&b=x%20y",
            "a=2+3&name=J%C3%BCrgen+Gr%C3%B6%C3%9Fe&%CE%B1=%F0%9F%94%91&empty=&bare&raw=Größe");

    assertThat(form.get("a")).containsExactly("1", "2 3");
    assertThat(form.get("b")).containsExactly("x y");
    assertThat(form.get("name")).containsExactly("Jürgen Größe");
    assertThat(form.get("α")).containsExactly("🔑");
    assertThat(form.get("empty")).containsExactly("");
    assertThat(form.get("raw")).containsExactly("Größe");
    assertThat(form.get("bare")).containsExactly("");
    assertThat(form).hasSize(7);
  }

  @Test
  void nothingIsNothing() throws IOException {
    assertThat(read(null, "")).isEmpty();
    assertThat(read("", "&&")).isEmpty();
  }

  @Test
  void brokenEscapesAndTooManyParametersAreMalformed() {
    assertThatThrownBy(() -> read(null, "a=%zz")).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> read(null, "a=%")).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> read(null, "a&".repeat(10_001)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("10000");
  }

  @Test
  void onlyItsTypeIsAForm() {
    assertThat(FormParameters.is("application/x-www-form-urlencoded")).isTrue();
    assertThat(FormParameters.is("Application/X-WWW-form-urlencoded; charset=UTF-8")).isTrue();
    assertThat(FormParameters.is("multipart/form-data; boundary=x")).isFalse();
    assertThat(FormParameters.is(null)).isFalse();
  }
}
