/**
 * Bounds for what a sender or a resource may take.
 *
 * <p>{@link io.keyturn.limit.Buckets} makes token buckets, which go by a clock that only moves
 * forwards. {@link io.keyturn.limit.SenderBudget} counts the failures of each sender; {@link
 * io.keyturn.limit.BatchedLookup} lets each sender ask one question at a time.
 *
 * <p>Tests: {@code BucketsTest}, {@code SenderBudgetTest}, {@code BatchedLookupTest}.
 */
@NullMarked
package io.keyturn.limit;

import org.jspecify.annotations.NullMarked;
