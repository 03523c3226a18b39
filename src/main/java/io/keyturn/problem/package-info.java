/**
 * Failures, as problem documents (RFC 9457).
 *
 * <p>Start with {@link io.keyturn.problem.ProblemType}: the list of all codes. Code that refuses
 * throws a {@link io.keyturn.problem.ProblemException}, which carries a type, a text and perhaps
 * fields. {@link io.keyturn.problem.Failure} decides what any throwable tells the outside; {@link
 * io.keyturn.problem.ProblemMapper} answers it to a client of the API, and {@link
 * io.keyturn.problem.FailureLog} logs it with the id of the request. Outside of JAX-RS, {@code
 * http.ProblemAnswer} answers. {@link io.keyturn.problem.SecretText} finds secrets in text, so that
 * none is repeated or logged.
 *
 * <p>Tests: {@code FailureTest}, {@code ProblemTest}, {@code ProblemHttpIT}.
 */
@NullMarked
package io.keyturn.problem;

import org.jspecify.annotations.NullMarked;
