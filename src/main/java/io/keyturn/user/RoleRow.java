package io.keyturn.user;

import io.keyturn.access.Scope;
import java.util.Set;
import java.util.UUID;

/**
 * A role as lists show it.
 *
 * @param scopes none where somebody else has changed the role
 * @param people how many have it, whatever their standing
 * @param tampered whether somebody else has changed it in the database, so that it is refused
 */
public record RoleRow(
    UUID id, String name, Set<Scope> scopes, boolean builtIn, long people, boolean tampered) {

  static RoleRow of(Role role, long people, boolean genuine) {
    return new RoleRow(
        role.id(),
        role.name(),
        genuine ? role.scopes() : Set.of(),
        role.builtIn(),
        people,
        !genuine);
  }
}
