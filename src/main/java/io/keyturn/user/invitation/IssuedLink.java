package io.keyturn.user.invitation;

import java.time.Instant;

/**
 * A one-time link that was just created for somebody: all that telling them needs.
 *
 * @param invitation whether they join by it; if not, they choose a new password by it
 * @param token what the link is made of
 */
public record IssuedLink(
    String email,
    String organisation,
    String organisationDomain,
    String role,
    boolean invitation,
    LinkToken token,
    Instant expiresAt) {}
