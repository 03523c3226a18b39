package io.keyturn.database;

import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The list of a JPQL condition {@code in (…)}, as single parameters. Hibernate translates a query
 * with a list parameter anew at each call, which costs more than the query itself. A single
 * parameter in brackets could be a list, too, so there are at least two. The number of parameters
 * is a power of two, so that there are few different queries.
 */
public final class InList {
  private InList() {}

  /**
   * The parameters.
   *
   * @param name of the parameters, without a number
   * @param count how many values there are, at least 1
   */
  public static String of(String name, int count) {
    return IntStream.range(0, size(count))
        .mapToObj(i -> ":" + name + i)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /**
   * The values of the parameters by their names. The last value fills the parameters that are left.
   *
   * @param name as in {@link #of}
   * @param values as many as were counted there
   */
  public static Map<String, Object> parameters(String name, Collection<?> values) {
    Map<String, Object> parameters = new HashMap<>();
    Iterator<?> rest = values.iterator();
    Object value = rest.next();
    int size = size(values.size());
    for (int i = 0; i < size; i++) {
      parameters.put(name + i, value);
      if (rest.hasNext()) {
        value = rest.next();
      }
    }
    return parameters;
  }

  /** Sets the parameters, as of {@link #parameters}. */
  public static <T> TypedQuery<T> set(TypedQuery<T> query, String name, Collection<?> values) {
    parameters(name, values).forEach(query::setParameter);
    return query;
  }

  /** The next power of two, from two on. */
  private static int size(int count) {
    int highest = Math.max(2, Integer.highestOneBit(count));
    return highest >= count ? highest : highest * 2;
  }
}
