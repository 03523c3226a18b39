package io.keyturn.database;

import java.util.UUID;
import java.util.function.Function;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.AbstractClassJavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcTypeIndicators;
import org.jspecify.annotations.Nullable;

/**
 * How Hibernate stores a typed id: as the UUID that the id wraps, in a column of the type {@code
 * uuid}. It holds for attributes, ids, parameters and results of queries alike.
 */
public final class UuidJavaType<T> extends AbstractClassJavaType<T> {
  private static final long serialVersionUID = 1L;

  private final transient Function<UUID, T> wrap;
  private final transient Function<T, UUID> unwrap;

  /**
   * The mapping of one type of ids.
   *
   * @param wrap makes an id from its UUID
   * @param unwrap the UUID of an id
   */
  public UuidJavaType(Class<T> type, Function<UUID, T> wrap, Function<T, UUID> unwrap) {
    super(type);
    this.wrap = wrap;
    this.unwrap = unwrap;
  }

  @Override
  public JdbcType getRecommendedJdbcType(JdbcTypeIndicators indicators) {
    return indicators.getJdbcType(SqlTypes.UUID);
  }

  @Override
  public boolean useObjectEqualsHashCode() {
    return true;
  }

  @Override
  public <X> @Nullable X unwrap(@Nullable T value, Class<X> type, WrapperOptions options) {
    if (value == null) {
      return null;
    }
    return type.cast(type == UUID.class ? unwrap.apply(value) : value);
  }

  @Override
  public <X> @Nullable T wrap(@Nullable X value, WrapperOptions options) {
    if (value == null) {
      return null;
    }
    // The value of a parameter is an id already.
    return value instanceof UUID uuid ? wrap.apply(uuid) : getJavaTypeClass().cast(value);
  }
}
