package io.keyturn.user;

import io.keyturn.access.Scope;
import io.keyturn.audit.Subject;
import io.keyturn.organisation.OrganisationId;
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
  private OrganisationId organisationId;
  private String name;
  private String scopes;
  private boolean builtIn;
  private byte @Nullable [] rowMac;
  @Version private int version;

  protected Role() {}

  Role(UUID id, OrganisationId organisationId, BuiltInRole role, Hmac key) {
    this.id = id;
    this.organisationId = organisationId;
    this.name = role.title();
    this.scopes = Scope.format(role.scopes());
    this.builtIn = true;
    sign(key);
  }

  /** A custom role of an organisation. */
  Role(OrganisationId organisationId, String name, Set<Scope> scopes, Hmac key) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    change(name, scopes, key);
  }

  public UUID id() {
    return id;
  }

  /** The role as the audit log names it. */
  Subject subject() {
    return new Subject("role", id, name);
  }

  OrganisationId organisationId() {
    return organisationId;
  }

  public String name() {
    return name;
  }

  /**
   * The scopes of this role. A built-in role has the scopes of this release, whatever the row says.
   */
  public Set<Scope> scopes() {
    return builtIn ? BuiltInRole.titled(name).scopes() : Scope.parse(scopes);
  }

  /** Whether the role is built in. A built-in role cannot be changed. */
  public boolean builtIn() {
    return builtIn;
  }

  /**
   * Whether this is the administrator role; each organisation has an administrator at all times.
   */
  boolean administrator() {
    return builtIn && name.equals(BuiltInRole.ADMINISTRATOR.title());
  }

  /** Whether a person with this role has all these scopes, and so may grant them. */
  public boolean covers(Set<Scope> others) {
    return scopes().containsAll(others);
  }

  /** Whether this application wrote the row. Do not trust the content of any other row. */
  boolean genuine(Hmac key) {
    return RowMac.equal(mac(key), rowMac);
  }

  /** Signs the row with its present content, without checking it. */
  final void sign(Hmac key) {
    rowMac = mac(key);
  }

  private byte[] mac(Hmac key) {
    return RowMac.of(key, "role", id, organisationId, name, scopes, builtIn);
  }

  /**
   * Changes the name and the scopes of a custom role. This also repairs a tampered row, since all
   * its content is replaced.
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
