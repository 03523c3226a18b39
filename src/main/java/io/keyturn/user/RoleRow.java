package io.keyturn.user;

import io.keyturn.access.Scope;
import java.util.Set;
import java.util.UUID;

/**
 * A role as lists show it.
 *
 * @param people how many have it, whatever their standing
 */
public record RoleRow(UUID id, String name, Set<Scope> scopes, boolean builtIn, long people) {}
