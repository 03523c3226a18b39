package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownParametersFilterTest {
  /** Parameters in a bean. */
  public static class Bean {
    @QueryParam("in-bean")
    private @Nullable String inBean;

    private @Nullable String other;

    @Override
    public String toString() {
      return inBean + "" + other;
    }
  }

  /** Methods with parameters. */
  public static class Resource {
    public void some(@QueryParam("a") String a, @BeanParam Bean bean, String body) {}

    public void none() {}
  }

  @SuppressWarnings("unchecked")
  private static Set<String> declared(String name) throws ReflectiveOperationException {
    Method declared = KnownParametersFilter.class.getDeclaredMethod("declared", Method.class);
    declared.setAccessible(true);
    for (Method method : Resource.class.getMethods()) {
      if (method.getName().equals(name)) {
        return (Set<String>) declared.invoke(new KnownParametersFilter(), method);
      }
    }
    throw new IllegalArgumentException(name);
  }

  @Test
  void methodDeclaresItsOwnParametersAndThoseOfItsBeans() throws Exception {
    assertThat(declared("some")).containsExactlyInAnyOrder("a", "in-bean");
    assertThat(declared("none")).isEmpty();
  }
}
