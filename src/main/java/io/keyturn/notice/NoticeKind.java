package io.keyturn.notice;

import io.keyturn.access.Scope;
import org.jspecify.annotations.Nullable;

/** What people are told of. The database holds the names. */
public enum NoticeKind {
  /** A key expires soon: 14, 3 and 1 day before its planned end. */
  KEY_EXPIRING(Scope.API_KEYS_MANAGE, Scope.API_KEYS_READ, Channel.MAIL),
  /** A retired secret is still used in the last quarter of its grace period. */
  RETIRED_SECRET_USED(Scope.API_KEYS_MANAGE, Scope.API_KEYS_READ, Channel.MAIL),
  /** A secret that no longer works is used from a network from which its key was never used. */
  DEAD_SECRET_USED(Scope.API_KEYS_MANAGE, Scope.API_KEYS_READ, Channel.MAIL),
  /** Keys wait for their automatic refresh. */
  REFRESH_LATE(Scope.API_KEYS_MANAGE, null, Channel.MAIL),
  /** A webhook was disabled, by somebody or because its deliveries failed. */
  WEBHOOK_DISABLED(Scope.WEBHOOKS_MANAGE, Scope.WEBHOOKS_READ, Channel.MAIL),
  /** A person whom somebody invited has joined; only the inviting person is told. */
  INVITATION_ACCEPTED(null, Scope.USERS_READ, Channel.CONSOLE);

  private final @Nullable Scope managing;
  private final @Nullable Scope owning;
  private final Channel usual;

  NoticeKind(@Nullable Scope managing, @Nullable Scope owning, Channel usual) {
    this.managing = managing;
    this.owning = owning;
    this.usual = usual;
  }

  /** The scope whose holders are all told; null where only the owner of the object is told. */
  @Nullable Scope managing() {
    return managing;
  }

  /** The scope that the owner of the object needs; null where it has no owner. */
  @Nullable Scope owning() {
    return owning;
  }

  /** How a person is told who has not chosen another way. */
  public Channel usual() {
    return usual;
  }
}
