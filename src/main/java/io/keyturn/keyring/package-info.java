/** The keys that protect secrets at rest: wrapped in the database, opened by the root key. */
@NullMarked
package io.keyturn.keyring;

import org.jspecify.annotations.NullMarked;
