/**
 * Signing in: by password, by OpenID Connect, by the server's user registry such as LDAP.
 *
 * <p>Start with {@link io.keyturn.user.signin.Authentication}, which takes a password, and {@link
 * io.keyturn.user.signin.SingleSignOn}, which takes the word of a provider; both lead to {@link
 * io.keyturn.user.signin.CurrentUser}, the person of the session. {@link
 * io.keyturn.user.signin.SignInBackOff} slows guessing down, {@link
 * io.keyturn.user.signin.KnownPlaces} lets known browsers pass, {@code HashingTurns} bounds the
 * hashes at a time.
 *
 * <p>Tests: {@code SignInHttpIT}, {@code SingleSignOnHttpIT}, {@code RegistryH2IT}.
 */
@NullMarked
package io.keyturn.user.signin;

import org.jspecify.annotations.NullMarked;
