package io.keyturn.user;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person in a list.
 *
 * @param name empty while the person is only invited
 * @param scopes the scopes of the role; all scopes for a tampered row, whose real scopes are
 *     unknown
 * @param tampered whether the row of the person or of the role was changed outside this
 *     application; then the person cannot sign in
 * @param linkExpiresAt when the person's one-time link expires; null without a link
 */
public record PersonRow(
    PersonId id,
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
