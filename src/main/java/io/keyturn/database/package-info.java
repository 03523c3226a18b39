/**
 * The two databases: connections, clock, schema, health.
 *
 * <p>Start with {@link io.keyturn.database.BulkheadConnections}, through which all transactions go:
 * past the {@code DatabaseBulkhead}, which refuses at once while the database hangs, and on the
 * embedded database past the {@code OneWriter}. {@link io.keyturn.database.DatabaseClock} is the
 * one clock of all nodes. {@link io.keyturn.database.SchemaIntegrator} runs Flyway before Hibernate
 * validates. {@code CrashSafeFile} makes H2 keep each answered write after {@code kill -9}. {@link
 * io.keyturn.database.JdbcBatch} writes counters past Hibernate. {@link
 * io.keyturn.database.RowChanges} tells all nodes which {@link io.keyturn.database.Announced} rows
 * were changed.
 *
 * <p>Tests: the same names with {@code Test}; {@code KillHttpIT}, {@code DiskFullH2IT}, {@code
 * FrozenPostgresqlIT}.
 */
@NullMarked
package io.keyturn.database;

import org.jspecify.annotations.NullMarked;
