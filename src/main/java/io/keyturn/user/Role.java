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

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** What this role may do; a built-in role follows the release, not the row. */
  public Set<Scope> scopes() {
    return builtIn ? BuiltInRole.titled(name).scopes() : Scope.parse(scopes);
  }
}
