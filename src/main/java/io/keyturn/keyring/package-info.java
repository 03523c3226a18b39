/**
 * The keys that protect secrets at rest.
 *
 * <p>Start with {@link io.keyturn.keyring.Keyring}: it finds or creates the lookup key (digests and
 * row MACs) and the data key of each organisation (sealing), stored as {@link
 * io.keyturn.keyring.CryptoKey} wrapped by the root key, which is outside the database.
 *
 * <p>Tests: {@code SealTest}, {@code TamperingHttpIT}, {@code StartIT}.
 */
@NullMarked
package io.keyturn.keyring;

import org.jspecify.annotations.NullMarked;
