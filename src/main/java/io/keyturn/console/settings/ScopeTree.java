package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scopes to choose from for a key, by module: those that open something to keys, and what the key
 * has. A scope that the person lacks can be neither chosen nor removed.
 */
public class ScopeTree implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Set<Scope> own;
  private final Set<Scope> offered = Scope.ofKeys();
  private final Map<String, Boolean> checked = new HashMap<>();

  /**
   * A tree with some scopes chosen.
   *
   * @param own the scopes of the person who chooses
   */
  ScopeTree(Set<Scope> own, Set<Scope> chosen) {
    this.own = EnumSet.noneOf(Scope.class);
    this.own.addAll(own);
    offered.addAll(chosen);
    chosen.forEach(scope -> checked.put(scope.code(), true));
  }

  /** The offered scopes by the headings of their modules. */
  public List<Map.Entry<String, List<Scope>>> getModules() {
    return List.copyOf(Scope.byModule(offered).entrySet());
  }

  /** Whether the person lacks this scope, and so cannot give it. */
  public boolean lacks(Scope scope) {
    return !own.contains(scope);
  }

  /** Which scopes are chosen, by code. */
  public Map<String, Boolean> getChecked() {
    return checked;
  }

  /** The scopes that are chosen. */
  Set<Scope> chosen() {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (Scope scope : offered) {
      if (Boolean.TRUE.equals(checked.get(scope.code()))) {
        scopes.add(scope);
      }
    }
    return scopes;
  }
}
