package io.keyturn.notice;

/** How a person is told of a notice. Each way after the first also shows it in the console. */
public enum Channel {
  /** Not at all. */
  OFF,
  /** In the console only. */
  CONSOLE,
  /** In one mail a day. */
  DIGEST,
  /** By a mail at once. */
  MAIL
}
