package io.keyturn.user;

import io.keyturn.access.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as lists show them.
 *
 * @param name empty while the person is only invited
 * @param scopes what the role allows; all where somebody else has changed it, for nobody knows
 * @param tampered whether somebody else has changed the person or the role in the database, so that
 *     they cannot sign in
 * @param linkExpiresAt until when a one-time link works, where there is one
 */
public record PersonRow(
    UUID id,
    String email,
    String name,
    UUID roleId,
    String role,
    Set<Scope> scopes,
    User.Standing standing,
    boolean tampered,
    @Nullable Instant linkExpiresAt) {

  static PersonRow of(User user, boolean genuine, @Nullable Instant linkExpiresAt) {
    return new PersonRow(
        user.id(),
        user.email(),
        user.name(),
        user.role().id(),
        user.role().name(),
        genuine ? user.role().scopes() : BuiltInRole.ADMINISTRATOR.scopes(),
        user.standing(),
        !genuine,
        linkExpiresAt);
  }

  public boolean invited() {
    return !tampered && standing == User.Standing.INVITED;
  }

  public boolean active() {
    return !tampered && standing == User.Standing.ACTIVE;
  }

  public boolean deactivated() {
    return !tampered && standing == User.Standing.DEACTIVATED;
  }
}
