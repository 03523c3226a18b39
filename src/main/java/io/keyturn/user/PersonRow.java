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
 * @param scopes what the role allows
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
    @Nullable Instant linkExpiresAt) {

  static PersonRow of(User user, @Nullable Instant linkExpiresAt) {
    return new PersonRow(
        user.id(),
        user.email(),
        user.name(),
        user.role().id(),
        user.role().name(),
        user.role().scopes(),
        user.standing(),
        linkExpiresAt);
  }

  public boolean invited() {
    return standing == User.Standing.INVITED;
  }

  public boolean active() {
    return standing == User.Standing.ACTIVE;
  }
}
