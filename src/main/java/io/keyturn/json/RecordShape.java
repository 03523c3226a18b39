package io.keyturn.json;

import com.fasterxml.jackson.core.io.SerializedString;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of a record. They are found out once for each class: an import reads and writes
 * thousands of records a second.
 */
final class RecordShape {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  private final List<Member> members;
  private final Constructor<?> constructor;

  /**
   * A member.
   *
   * @param key its name as JSON has it, escaped once
   * @param nillable whether an answer has it as null where it is absent
   */
  record Member(
      SerializedString key,
      Type type,
      Function<Record, @Nullable Object> accessor,
      boolean nillable) {

    /** Its name as JSON has it. */
    String name() {
      return key.getValue();
    }

    /** Its value. */
    @Nullable Object of(Record record) {
      return accessor.apply(record);
    }
  }

  private RecordShape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
    constructor.setAccessible(true);
    members = Arrays.stream(components).map(RecordShape::member).toList();
  }

  private static Member member(RecordComponent component) {
    Method accessor = component.getAccessor();
    JsonbProperty named = accessor.getAnnotation(JsonbProperty.class);
    JsonbNillable nillable = accessor.getAnnotation(JsonbNillable.class);
    return new Member(
        new SerializedString(
            named == null ? RecordReader.snake(component.getName()) : named.value()),
        component.getGenericType(),
        function(accessor),
        nillable == null || nillable.value());
  }

  /** A function that calls an accessor, twice as fast as reflection does. */
  @SuppressWarnings("unchecked")
  private static Function<Record, @Nullable Object> function(Method accessor) {
    Class<?> type = accessor.getDeclaringClass();
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      return (Function<Record, @Nullable Object>)
          LambdaMetafactory.metafactory(
                  lookup,
                  "apply",
                  MethodType.methodType(Function.class),
                  MethodType.methodType(Object.class, Object.class),
                  lookup.unreflect(accessor),
                  MethodType.methodType(accessor.getReturnType(), type).wrap())
              .getTarget()
              .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static RecordShape of(Class<? extends Record> type) {
    return SHAPES.get(type);
  }

  /** The members in the order in which the record declares them. */
  List<Member> members() {
    return members;
  }

  /** A record with these values, in the order of the members. */
  Object with(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
