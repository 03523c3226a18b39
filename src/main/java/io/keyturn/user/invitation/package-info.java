/**
 * One-time links, by which a person joins or chooses a new password.
 *
 * <p>Start with {@link io.keyturn.user.invitation.Invitations}. A {@link
 * io.keyturn.user.invitation.LinkToken} stands in the link and is stored as its digest; a {@link
 * io.keyturn.user.invitation.OneTimeLink} is used once, withdrawn, or runs out. {@link
 * io.keyturn.user.invitation.LinkMail} sends the link.
 *
 * <p>Tests: {@code PeopleTest}, {@code MailH2IT}.
 */
@NullMarked
package io.keyturn.user.invitation;

import org.jspecify.annotations.NullMarked;
