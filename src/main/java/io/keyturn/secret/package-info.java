/** Secrets as a type: format, checksum, digest, sealing. JDK only. */
@NullMarked
package io.keyturn.secret;

import org.jspecify.annotations.NullMarked;
