/**
 * The feed of changes, which others are told of.
 *
 * <p>Start with {@link io.keyturn.event.EventFeed}. An event is an event of the audit log, of an
 * action that has an {@link io.keyturn.event.EventType}: it is written in the transaction of its
 * change, and its number grows in the order of the commits. {@link io.keyturn.event.EventView} is
 * what the API answers and what a webhook is sent.
 *
 * <p>Tests: {@code EventFeedHttpIT}, {@code EventTypeTest}.
 */
@NullMarked
package io.keyturn.event;

import org.jspecify.annotations.NullMarked;
