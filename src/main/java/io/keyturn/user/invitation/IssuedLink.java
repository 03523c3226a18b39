package io.keyturn.user.invitation;

import java.time.Instant;

/**
 * A one-time link that was just created, with all that is needed to send it to its person.
 *
 * @param invitation whether the person joins with the link; otherwise they choose a new password
 *     with it
 * @param token the secret part of the link
 */
public record IssuedLink(
    String email,
    String organisation,
    String organisationDomain,
    String role,
    boolean invitation,
    LinkToken token,
    Instant expiresAt) {}
