/**
 * POSTs that may be sent again: the same {@code Idempotency-Key} gets the same answer.
 *
 * <p>Start with {@link io.keyturn.idempotency.Idempotency}. A row is created, locked for the work,
 * answered in the transaction of the work, and forgotten after 24 hours.
 *
 * <p>Tests: {@code IdempotencyHttpIT}.
 */
@NullMarked
package io.keyturn.idempotency;

import org.jspecify.annotations.NullMarked;
