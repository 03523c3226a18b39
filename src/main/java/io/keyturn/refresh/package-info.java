/**
 * The automatic refresh.
 *
 * <p>Start with {@link io.keyturn.refresh.RefreshTimer}, which only wakes. {@link
 * io.keyturn.refresh.RefreshBatch} claims keys that are due ({@code SKIP LOCKED}) and refreshes
 * them in one short transaction; nodes, and the two workers of a node on PostgreSQL, share the
 * work, and a crash refreshes nothing twice. {@link io.keyturn.refresh.RefreshHealth} says how far
 * behind it is.
 *
 * <p>Tests: {@code AutomaticRefreshHttpIT}, {@code NodesPostgresqlIT}, {@code CrashPostgresqlIT},
 * {@code YearSimulationIT}, {@code RefreshBenchmark}, {@code RefreshPairsBenchmark}.
 */
@NullMarked
package io.keyturn.refresh;

import org.jspecify.annotations.NullMarked;
