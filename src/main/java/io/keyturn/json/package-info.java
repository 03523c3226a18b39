/**
 * Records from JSON.
 *
 * <p>{@link io.keyturn.json.RecordReader} reads a body into a record and refuses what does not fit:
 * unknown, repeated or ill-typed members, each named in the problem's {@code errors}. {@link
 * io.keyturn.json.JsonText} writes them, with names in {@code snake_case}.
 *
 * <p>Tests: {@code RecordReaderTest}, {@code MassAssignmentHttpIT}.
 */
@NullMarked
package io.keyturn.json;

import org.jspecify.annotations.NullMarked;
