package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.TypedQuery;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InListTest {
  private static Map<String, Object> set(List<?> values) {
    Map<String, Object> set = new TreeMap<>();
    TypedQuery<?> query =
        (TypedQuery<?>)
            Proxy.newProxyInstance(
                InListTest.class.getClassLoader(),
                new Class<?>[] {TypedQuery.class},
                (proxy, method, arguments) -> {
                  set.put((String) arguments[0], arguments[1]);
                  return proxy;
                });
    InList.set(query, "id", values);
    return set;
  }

  @Test
  void eachParameterGetsAValueAndEachValueAParameter() {
    assertThat(InList.of("id", 1)).isEqualTo("(:id0, :id1)");
    assertThat(set(List.of("a"))).isEqualTo(Map.of("id0", "a", "id1", "a"));
    assertThat(InList.of("id", 3)).isEqualTo("(:id0, :id1, :id2, :id3)");
    assertThat(set(List.of("a", "b", "c")))
        .isEqualTo(Map.of("id0", "a", "id1", "b", "id2", "c", "id3", "c"));
    assertThat(set(List.of("a", "b", "c", "d")))
        .isEqualTo(Map.of("id0", "a", "id1", "b", "id2", "c", "id3", "d"));
  }

  @Test
  void listsOfSimilarLengthMakeTheSameQuery() {
    assertThat(InList.of("id", 17)).isEqualTo(InList.of("id", 32));
    assertThat(InList.of("id", 16)).isNotEqualTo(InList.of("id", 17));
  }
}
