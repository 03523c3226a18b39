package io.keyturn.notice;

import io.keyturn.access.PersonId;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;

/** How a person wants to be told of a kind of notices. */
@Entity
@IdClass(NoticeChoice.Key.class)
class NoticeChoice {

  /** The key of a row: a person and a kind. */
  record Key(PersonId userId, NoticeKind kind) {}

  @Id private PersonId userId;

  @Id
  @Enumerated(EnumType.STRING)
  private NoticeKind kind;

  private OrganisationId organisationId;

  @Enumerated(EnumType.STRING)
  private Channel channel;

  protected NoticeChoice() {}

  NoticeChoice(OrganisationId organisationId, PersonId userId, NoticeKind kind, Channel channel) {
    this.organisationId = organisationId;
    this.userId = userId;
    this.kind = kind;
    this.channel = channel;
  }

  Key key() {
    return new Key(userId, kind);
  }

  OrganisationId organisationId() {
    return organisationId;
  }

  Channel channel() {
    return channel;
  }

  void channel(Channel wanted) {
    channel = wanted;
  }
}
