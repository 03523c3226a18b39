package io.keyturn.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who did what is recorded.
 *
 * @param name as it was at that time
 * @param address the network address it came from
 */
public record Actor(Type type, @Nullable UUID id, String name, @Nullable String address) {

  /** The kinds of actors. */
  public enum Type {
    PERSON,
    API_KEY,
    /** The operator of the platform. */
    OPERATOR,
    SYSTEM
  }

  /**
   * The operator of the platform, who has a token and no name.
   *
   * @param address where the request comes from
   */
  public static Actor operator(String address) {
    return new Actor(Type.OPERATOR, null, "Operator", address);
  }

  /** The platform itself, for what happens by time. */
  public static final Actor SYSTEM = new Actor(Type.SYSTEM, null, "Keyturn", null);
}
