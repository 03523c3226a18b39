package io.keyturn.event;

/** An event as a webhook is sent it. */
public interface Told {
  /** The same each time the event is told. */
  String id();

  /** The code of its type. */
  String type();

  /** The number of the audit event behind it. */
  long sequence();

  /** Itself as JSON. */
  String json();
}
