package io.keyturn.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class ClosedByDefaultTest {
  /** Some of it forgotten. */
  public static class Resource {
    @GET
    @Anonymous
    public void open() {}

    @GET
    @RequiresScope
    public void closed() {}

    @POST
    public void forgotten() {}

    @Path("sub")
    public void forgottenLocator() {}

    @GET
    @Anonymous
    @RequiresScope
    public void both() {}

    public void none() {}
  }

  /** Inherits what was forgotten. */
  public static class Child extends Resource {}

  @Test
  void whatDeclaresNothingOrTooMuchIsFound() {
    assertThat(ClosedByDefault.undeclared(Resource.class))
        .extracting(Method::getName)
        .containsExactlyInAnyOrder("forgotten", "forgottenLocator", "both");
  }

  @Test
  void whatIsInheritedIsFoundToo() {
    assertThat(ClosedByDefault.undeclared(Child.class)).hasSize(3);
  }
}
