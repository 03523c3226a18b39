/**
 * The OpenAPI document of the API: what holds for all operations, said once and taken from the
 * code, and where the document is read.
 */
@NullMarked
package io.keyturn.document;

import org.jspecify.annotations.NullMarked;
