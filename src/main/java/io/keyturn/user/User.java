package io.keyturn.user;

import io.keyturn.access.PersonId;
import io.keyturn.database.Announced;
import io.keyturn.language.Language;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person who signs in. */
@Entity
@Table(name = "app_user")
public class User implements Announced {
  @Id private PersonId id;
  private OrganisationId organisationId;
  private String email;
  private @Nullable String joinedEmail;
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
  private @Nullable String language;
  private byte @Nullable [] rowMac;
  @Version private int version;

  /** The standing of a person in the organisation. */
  public enum Standing {
    /** The person has not followed the invitation's link yet. */
    INVITED,
    /** The person may sign in. */
    ACTIVE,
    /** The person may no longer sign in. */
    DEACTIVATED
  }

  protected User() {}

  /** Creates an invited person. */
  public User(
      OrganisationId organisationId,
      String email,
      String name,
      Role role,
      Instant createdAt,
      Hmac key) {
    this.id = PersonId.random();
    this.organisationId = organisationId;
    this.email = email;
    this.name = name;
    this.role = role;
    this.sessionStamp = UUID.randomUUID();
    this.createdAt = createdAt;
    sign(key);
  }

  public PersonId id() {
    return id;
  }

  @Override
  public UUID announcedAs() {
    return id.value();
  }

  public OrganisationId organisationId() {
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

  /** The standing of this person. */
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

  public @Nullable String passwordHash() {
    return passwordHash;
  }

  /** The person's subject at the single sign-on provider, stored at the first such sign-in. */
  public @Nullable String ssoSubject() {
    return ssoSubject;
  }

  /** Stores the person's subject at the single sign-on provider. */
  public void ssoSubject(String subject, Hmac key) {
    change(key, () -> ssoSubject = subject);
  }

  /** The language that the person has chosen; empty where the browser decides. */
  public Optional<Language> language() {
    return Language.of(language);
  }

  /** Chooses the language of pages and mails. */
  void language(Language chosen) {
    language = chosen.code();
  }

  /** Sets a password and ends all sessions that began with the old password. */
  public void password(String hash, boolean changeDue, Hmac key) {
    change(
        key,
        () -> {
          passwordHash = hash;
          passwordChangeDue = changeDue;
          sessionStamp = UUID.randomUUID();
        });
  }

  /** Ends all sessions; each node sees this at the session's next request. */
  void endSessions(Hmac key) {
    change(key, () -> sessionStamp = UUID.randomUUID());
  }

  /** Activates an invited person. The address can then join no other organisation. */
  public void join(String chosenName, Instant now, Hmac key) {
    change(
        key,
        () -> {
          name = chosenName;
          joinedAt = now;
          joinedEmail = email;
        });
  }

  public void role(Role wanted, Hmac key) {
    change(key, () -> role = wanted);
  }

  /** Closes the account. Its sessions end for good: a later reactivation does not revive them. */
  void deactivate(Instant now, Hmac key) {
    change(
        key,
        () -> {
          deactivatedAt = now;
          sessionStamp = UUID.randomUUID();
        });
  }

  /** Opens the account again, with the password it had. */
  void reactivate(Hmac key) {
    change(key, () -> deactivatedAt = null);
  }

  /**
   * Changes the row and signs it again.
   *
   * @throws IllegalStateException for a tampered row, because a new signature would make the
   *     tampering valid
   */
  private void change(Hmac key, Runnable change) {
    if (!genuine(key)) {
      throw new IllegalStateException("user " + id + " was changed in the database");
    }
    change.run();
    sign(key);
  }

  /**
   * Whether this application wrote the row of this person. The role's row is checked separately.
   */
  boolean genuine(Hmac key) {
    return RowMac.equal(mac(key), rowMac);
  }

  /** Signs the row with its present content, without checking it. */
  final void sign(Hmac key) {
    rowMac = mac(key);
  }

  /**
   * The MAC over all columns that decide who may sign in and with which rights. It leaves out the
   * name and the language.
   */
  private byte[] mac(Hmac key) {
    return RowMac.of(
        key,
        "app_user",
        id,
        organisationId,
        email,
        role.id(),
        passwordHash,
        passwordChangeDue,
        sessionStamp,
        ssoSubject,
        joinedAt,
        deactivatedAt);
  }
}
