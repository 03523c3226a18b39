/** API keys and their credentials: make, refresh, revoke, reveal. */
@NullMarked
package io.keyturn.apikey;

import org.jspecify.annotations.NullMarked;
