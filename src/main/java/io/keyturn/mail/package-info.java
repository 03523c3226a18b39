/**
 * Sending mail, where a mail server is configured.
 *
 * <p>Start with {@link io.keyturn.mail.Mail}, which sends a {@link io.keyturn.mail.MailText} plain
 * and in HTML. {@code MailServer} holds the conversation: a few at a time, and none for a while
 * after the mail server was silent.
 *
 * <p>Tests: {@code MailTest}, {@code MailTextTest}, {@code MailH2IT}, {@code SilentServersH2IT}.
 */
@NullMarked
package io.keyturn.mail;

import org.jspecify.annotations.NullMarked;
