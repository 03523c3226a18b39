package io.keyturn.audit;

import io.keyturn.access.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The actor of an audit event: who did something.
 *
 * @param name the name at that time
 * @param address the network address from which the actor came
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
   * The API key that a request is authenticated as.
   *
   * @param address where the request came from
   */
  public static Actor of(Caller caller, String address) {
    return new Actor(Type.API_KEY, caller.keyId().value(), caller.keyName(), address);
  }

  /**
   * The operator of the platform, who has a token and no name.
   *
   * @param address where the request came from
   */
  public static Actor operator(String address) {
    return new Actor(Type.OPERATOR, null, "Operator", address);
  }

  /** The platform itself, for actions that a timer starts. */
  public static final Actor SYSTEM = new Actor(Type.SYSTEM, null, "Keyturn", null);
}
