package io.keyturn.user;

import io.keyturn.access.Scope;
import io.keyturn.audit.Subject;
import io.keyturn.secret.Hmac;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A named set of scopes that people of an organisation can have. */
@Entity
public class Role {
  @Id private UUID id;
  private UUID organisationId;
  private String name;
  private String scopes;
  private boolean builtIn;
  private byte @Nullable [] rowMac;
  @Version private int version;

  protected Role() {}

  Role(UUID id, UUID organisationId, BuiltInRole role, Hmac key) {
    this.id = id;
    this.organisationId = organisationId;
    this.name = role.title();
    this.scopes = Scope.format(role.scopes());
    this.builtIn = true;
    sign(key);
  }

  /** A role of the organisation's own. */
  Role(UUID organisationId, String name, Set<Scope> scopes, Hmac key) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    change(name, scopes, key);
  }

  public UUID id() {
    return id;
  }

  /** As the audit log names it. */
  Subject subject() {
    return new Subject("role", id, name);
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

  /** Whether the row is as we wrote it. Nothing of a row that is not may be believed. */
  boolean genuine(Hmac key) {
    return RowMac.equal(mac(key), rowMac);
  }

  /** Signs the row as it is, whoever wrote it. */
  final void sign(Hmac key) {
    rowMac = mac(key);
  }

  private byte[] mac(Hmac key) {
    return RowMac.of(key, "role", id, organisationId, name, scopes, builtIn);
  }

  /**
   * Gives a role of the organisation's own another name and other scopes. That makes a row ours
   * again which somebody else has changed, for nothing of what they wrote is left.
   */
  final void change(String newName, Set<Scope> newScopes, Hmac key) {
    if (builtIn) {
      throw new IllegalStateException("a built-in role is fixed");
    }
    name = newName;
    scopes = Scope.format(newScopes);
    sign(key);
  }
}
