/** Renewal by OAuth 2.0: a credential that fetches a key's current secret. */
@NullMarked
package io.keyturn.renewal;

import org.jspecify.annotations.NullMarked;
