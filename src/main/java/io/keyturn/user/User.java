package io.keyturn.user;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person who signs in. */
@Entity
@Table(name = "app_user")
public class User {
  @Id private UUID id;
  private UUID organisationId;
  private String email;
  private String name;

  @ManyToOne(optional = false)
  @JoinColumn(name = "role_id")
  private Role role;

  private @Nullable String passwordHash;
  private boolean passwordChangeDue;
  private UUID sessionStamp;
  private @Nullable String ssoSubject;
  private @Nullable Instant joinedAt;
  private @Nullable Instant deactivatedAt;
  private Instant createdAt;
  @Version private int version;

  /** Where a person stands with the organisation. */
  public enum Standing {
    /** Has not followed the invitation's link yet. */
    INVITED,
    /** May sign in. */
    ACTIVE,
    /** May not sign in any more. */
    DEACTIVATED
  }

  protected User() {}

  /** A person who is invited. */
  User(UUID organisationId, String email, String name, Role role, Instant createdAt) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    this.email = email;
    this.name = name;
    this.role = role;
    this.sessionStamp = UUID.randomUUID();
    this.createdAt = createdAt;
  }

  public UUID id() {
    return id;
  }

  public UUID organisationId() {
    return organisationId;
  }

  public String email() {
    return email;
  }

  public String name() {
    return name;
  }

  public Role role() {
    return role;
  }

  /** Where this person stands. */
  public Standing standing() {
    if (deactivatedAt != null) {
      return Standing.DEACTIVATED;
    }
    return joinedAt == null ? Standing.INVITED : Standing.ACTIVE;
  }

  public boolean active() {
    return standing() == Standing.ACTIVE;
  }

  /** Whether the person must choose a password before anything else. */
  public boolean passwordChangeDue() {
    return passwordChangeDue;
  }

  /** Changes whenever all sessions of this person must end. */
  public UUID sessionStamp() {
    return sessionStamp;
  }

  @Nullable String passwordHash() {
    return passwordHash;
  }

  /** Who this is at the provider of single sign-on, from the first time on. */
  @Nullable String ssoSubject() {
    return ssoSubject;
  }

  void ssoSubject(String subject) {
    ssoSubject = subject;
  }

  /** Sets a password and ends all sessions that began with the old one. */
  void password(String hash, boolean changeDue) {
    passwordHash = hash;
    passwordChangeDue = changeDue;
    endSessions();
  }

  /** Ends all sessions, on every node at the next request. */
  void endSessions() {
    sessionStamp = UUID.randomUUID();
  }

  /** Makes an invited person an active one. */
  void join(String chosenName, Instant now) {
    name = chosenName;
    joinedAt = now;
  }

  void role(Role wanted) {
    role = wanted;
  }

  /** Closes the account. Its sessions end for good: a later reactivation does not revive them. */
  void deactivate(Instant now) {
    deactivatedAt = now;
    endSessions();
  }

  /** Opens the account again, with the password it had. */
  void reactivate() {
    deactivatedAt = null;
  }
}
