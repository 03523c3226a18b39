/**
 * The append-only audit log, chained by a MAC for each organisation.
 *
 * <p>Start with {@link io.keyturn.audit.AuditLog}: a service appends its event in its own
 * transaction. {@link io.keyturn.audit.AuditChain} binds each event to the event before it; {@link
 * io.keyturn.audit.ChainWalk} verifies that none was changed or taken out. {@link
 * io.keyturn.audit.AuditEventsResource} and {@link io.keyturn.audit.AuditExport} give the log out;
 * {@link io.keyturn.audit.AuditFile} writes all logs into a file of the operator.
 *
 * <p>Tests: {@code ChainWalkTest}, {@code AuditParametersTest}, {@code AuditHttpIT}, {@code
 * AuditFileHttpIT}, {@code LineFileTest}, {@code AuditLineTest}.
 */
@NullMarked
package io.keyturn.audit;

import org.jspecify.annotations.NullMarked;
