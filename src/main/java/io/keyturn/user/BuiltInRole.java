package io.keyturn.user;

import io.keyturn.access.Scope;
import io.keyturn.language.Texts;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The roles that every organisation has. */
public enum BuiltInRole {
  ADMINISTRATOR("Administrator", EnumSet.allOf(Scope.class)),
  KEY_MANAGER(
      "Key manager",
      EnumSet.of(
          Scope.API_KEYS_READ,
          Scope.API_KEYS_MANAGE,
          Scope.API_KEYS_REVEAL,
          Scope.API_KEYS_REFRESH_SELF,
          Scope.API_KEYS_RENEWAL,
          Scope.KEYS_VERIFY,
          Scope.SUPPLIERS_READ)),
  SUPPLIER_MANAGER(
      "Supplier manager",
      EnumSet.of(Scope.SUPPLIERS_READ, Scope.SUPPLIERS_WRITE, Scope.SUPPLIERS_APPROVE)),
  VIEWER("Viewer", EnumSet.of(Scope.SUPPLIERS_READ));

  private final String title;
  private final Set<Scope> scopes;

  BuiltInRole(String title, Set<Scope> scopes) {
    this.title = title;
    this.scopes = Set.copyOf(scopes);
  }

  public String title() {
    return title;
  }

  public Set<Scope> scopes() {
    return scopes;
  }

  /** The name of a role. Only built-in roles are translated: an organisation names its own. */
  public static String translated(String name, Texts pages) {
    return Arrays.stream(values())
        .filter(role -> role.title.equals(name))
        .findFirst()
        .map(role -> pages.get("role." + role.name().toLowerCase(Locale.ROOT)))
        .orElse(name);
  }

  static BuiltInRole titled(String title) {
    return Arrays.stream(values()).filter(r -> r.title.equals(title)).findFirst().orElse(VIEWER);
  }
}
