package io.keyturn.user;

import io.keyturn.access.Scope;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.Set;
import java.util.UUID;

/** A named set of scopes that people of an organisation can have. */
@Entity
public class Role {
  @Id private UUID id;
  private UUID organisationId;
  private String name;
  private String scopes;
  private boolean builtIn;
  @Version private int version;

  protected Role() {}

  Role(UUID id, UUID organisationId, BuiltInRole role) {
    this.id = id;
    this.organisationId = organisationId;
    this.name = role.title();
    this.scopes = Scope.format(role.scopes());
    this.builtIn = true;
  }

  /** A role of the organisation's own. */
  Role(UUID organisationId, String name, Set<Scope> scopes) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    change(name, scopes);
  }

  public UUID id() {
    return id;
  }

  UUID organisationId() {
    return organisationId;
  }

  public String name() {
    return name;
  }

  /** What this role may do; a built-in role follows the release, not the row. */
  public Set<Scope> scopes() {
    return builtIn ? BuiltInRole.titled(name).scopes() : Scope.parse(scopes);
  }

  /** Whether it came with the platform, and so cannot be changed. */
  public boolean builtIn() {
    return builtIn;
  }

  /** Whether it is the one that an organisation must never be without. */
  boolean administrator() {
    return builtIn && name.equals(BuiltInRole.ADMINISTRATOR.title());
  }

  /** Whether who has this role may do all that the scopes allow, and so may give them. */
  public boolean covers(Set<Scope> others) {
    return scopes().containsAll(others);
  }

  /** Gives a role of the organisation's own another name and other scopes. */
  final void change(String newName, Set<Scope> newScopes) {
    if (builtIn) {
      throw new IllegalStateException("a built-in role is fixed");
    }
    name = newName;
    scopes = Scope.format(newScopes);
  }
}
