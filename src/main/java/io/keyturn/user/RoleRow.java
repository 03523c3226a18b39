package io.keyturn.user;

import io.keyturn.access.Scope;
import java.util.Set;
import java.util.UUID;

/**
 * A role in a list.
 *
 * @param scopes empty for a tampered row
 * @param people how many people have the role, whatever their standing
 * @param tampered whether the row was changed outside this application; then the role is refused
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
