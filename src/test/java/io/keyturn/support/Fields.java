package io.keyturn.support;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** Fields that the container injects, for tests without one. */
public final class Fields {
  private Fields() {}

  /** Sets a field of a bean. */
  public static void set(Object bean, String name, Object value) {
    try {
      Field field = bean.getClass().getDeclaredField(name);
      field.setAccessible(true);
      field.set(bean, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Calls a method of a bean that the container calls when it injects. */
  public static <T> void call(Object bean, String name, Class<T> type, T value) {
    try {
      Method method = bean.getClass().getDeclaredMethod(name, type);
      method.setAccessible(true);
      method.invoke(bean, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
