package io.keyturn.support;

import java.lang.reflect.Field;

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
}
