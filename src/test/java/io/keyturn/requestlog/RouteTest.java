package io.keyturn.requestlog;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log names an operation, and never repeats an address or a method that somebody invented. */
class RouteTest {
  @Path("suppliers")
  static class Suppliers {
    public void list() {}

    @Path("{id}/changes")
    public void changes() {}
  }

  private static Method method(String name) throws NoSuchMethodException {
    return Suppliers.class.getMethod(name);
  }

  @Test
  void templateIsThatOfTheOpenApiDocument() throws NoSuchMethodException {
    assertThat(Route.template(method("list"))).isEqualTo("/api/v1/suppliers");
    assertThat(Route.template(method("changes"))).isEqualTo("/api/v1/suppliers/{id}/changes");
    assertThat(Route.template(null)).isEqualTo(Route.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"GET, GET", "PATCH, PATCH", "get, OTHER", "kt_live_secret, OTHER"})
  void onlyKnownMethodsAreKept(String sent, String kept) {
    assertThat(Route.method(sent)).isEqualTo(kept);
  }
}
