/** Verifying a secret on each request, and recording its use. */
@NullMarked
package io.keyturn.verification;

import org.jspecify.annotations.NullMarked;
