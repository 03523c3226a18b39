package io.keyturn.notice;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A notice as one person has it. */
@Entity
@IdClass(NoticeCopy.Key.class)
class NoticeCopy {

  /** The key of a row: a notice and a person. */
  record Key(UUID noticeId, PersonId userId) {}

  @Id private UUID noticeId;
  @Id private PersonId userId;
  private OrganisationId organisationId;
  private Instant at;
  private String scope;
  private @Nullable Instant readAt;
  private @Nullable UUID mailId;

  protected NoticeCopy() {}

  /**
   * A copy that was not read.
   *
   * @param scope without which the person does not see it
   * @param mailId the mail that tells of it; null for none
   */
  NoticeCopy(Notice notice, PersonId userId, Scope scope, @Nullable UUID mailId) {
    this.noticeId = notice.id();
    this.userId = userId;
    this.organisationId = notice.organisationId();
    this.at = notice.at();
    this.scope = scope.code();
    this.mailId = mailId;
  }

  String scope() {
    return scope;
  }

  boolean read() {
    return readAt != null;
  }
}
