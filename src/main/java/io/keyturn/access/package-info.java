/**
 * Who calls, and what a call needs: closed by default.
 *
 * <p>Start with {@link io.keyturn.access.RequiresScope}. A resource method without it, {@link
 * io.keyturn.access.Anonymous} or {@link io.keyturn.access.Operator} keeps the application from
 * starting ({@link io.keyturn.access.ClosedByDefault}). {@link io.keyturn.access.Caller} is the API
 * key of a request, {@link io.keyturn.access.Scope} what a key or a role may do, {@link
 * io.keyturn.access.Restrictions} what narrows a key, {@link io.keyturn.access.Reach} which
 * suppliers it sees. {@link io.keyturn.access.ScopeFilter} answers 403.
 *
 * <p>Tests: {@code ClosedByDefaultTest}, {@code ScopeTest}, {@code OperationsHttpIT}.
 */
@NullMarked
package io.keyturn.access;

import org.jspecify.annotations.NullMarked;
