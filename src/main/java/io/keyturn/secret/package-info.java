/**
 * Secrets as a type: format, checksum, digest and sealing. It knows the JDK only.
 *
 * <p>Start with {@link io.keyturn.secret.Secret}: {@code kt_live_} + 43 random characters + 6 of a
 * checksum. {@link io.keyturn.secret.Hmac} makes the digest by which a secret is found, and the MAC
 * of a row. {@link io.keyturn.secret.Seal} encrypts the current secret (AES-256-GCM) and binds it
 * to its place. {@link io.keyturn.secret.RootKey} wraps the keys of both.
 *
 * <p>Tests: {@code SecretTest}, {@code SealTest}, {@code HmacTest}, {@code RootKeyTest}.
 */
@NullMarked
package io.keyturn.secret;

import org.jspecify.annotations.NullMarked;
