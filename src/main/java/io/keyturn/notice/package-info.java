/**
 * Notices to people, in the console and by mail.
 *
 * <p>Start with {@link io.keyturn.notice.NoticeTimer}, which only wakes. {@code EventNotices},
 * {@code DeadSecrets} and {@code LateRefreshes} find what is new; {@code NoticeWriter} writes it
 * for the people whom it concerns, once, with the mail that will tell it; {@code NoticeMails}
 * claims mails, and {@code NoticeMailer} sends them. {@link io.keyturn.notice.Notices} is what a
 * person sees and chooses. Decision record 0058 says why nobody gets a notice twice.
 *
 * <p>Tests: {@code RecipientsTest}, {@code NoticeTextTest}, {@code NoticesHttpIT}, {@code
 * NoticeMailsHttpIT}, {@code NoticeNodesPostgresqlIT}.
 */
@NullMarked
package io.keyturn.notice;

import org.jspecify.annotations.NullMarked;
