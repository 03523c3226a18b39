/**
 * The edge of the server: what every request passes, and what requests are made of.
 *
 * <p>Start with {@link io.keyturn.http.EdgeFilter}, the first filter: it gives the request its id,
 * refuses what no client sends, and sets the headers of every answer. {@link
 * io.keyturn.http.ClientAddress} is the one place that knows where a request comes from. {@link
 * io.keyturn.http.IfMatch} and {@link io.keyturn.http.EntityTagFilter} do conditional requests (RFC
 * 9110 §13); {@link io.keyturn.http.KnownParametersFilter} refuses unknown parameters; {@link
 * io.keyturn.http.ProblemAnswer} answers failures outside of JAX-RS, as documents and as pages;
 * {@code SlowBody} ends bodies that drip.
 *
 * <p>Tests: the same names with {@code Test}; {@code OddRequestsHttpIT}, {@code HostHttpIT}, {@code
 * SlowBodiesH2IT}.
 */
@NullMarked
package io.keyturn.http;

import org.jspecify.annotations.NullMarked;
