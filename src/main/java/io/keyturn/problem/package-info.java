/**
 * Failures as RFC 9457 problem documents: the types, the exception that carries one, the mappers.
 */
@NullMarked
package io.keyturn.problem;

import org.jspecify.annotations.NullMarked;
