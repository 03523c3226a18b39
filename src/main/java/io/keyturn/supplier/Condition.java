package io.keyturn.supplier;

import io.keyturn.database.InList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A condition in JPQL, and the values of its parameters by their names. */
record Condition(String jpql, Map<String, Object> parameters) {

  Condition(String jpql, String parameter, Object value) {
    this(jpql, Map.of(parameter, value));
  }

  /**
   * An expression has one of these values, of which there is at least one.
   *
   * @param name of the parameters, without a number
   */
  static Condition in(String expression, String name, Collection<?> values) {
    return new Condition(
        expression + " in " + InList.of(name, values.size()), InList.parameters(name, values));
  }

  /**
   * The same condition for each of some values.
   *
   * @param jpql with {@code %s} for the parameter
   * @param name of the parameters, without a number
   */
  static List<Condition> each(String jpql, String name, List<?> values) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> new Condition(jpql.formatted(":" + name + i), name + i, values.get(i)))
        .toList();
  }

  /** One of these conditions holds. */
  static Condition any(List<Condition> alternatives) {
    Map<String, Object> parameters = new HashMap<>();
    alternatives.forEach(condition -> parameters.putAll(condition.parameters()));
    return new Condition(
        alternatives.stream().map(Condition::jpql).collect(Collectors.joining(" or ", "(", ")")),
        parameters);
  }
}
