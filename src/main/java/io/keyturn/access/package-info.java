/** Who calls and what the call needs: closed by default. */
@NullMarked
package io.keyturn.access;

import org.jspecify.annotations.NullMarked;
