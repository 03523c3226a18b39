/** POSTs that may be sent again: the same {@code Idempotency-Key} gets the same answer. */
@NullMarked
package io.keyturn.idempotency;

import org.jspecify.annotations.NullMarked;
