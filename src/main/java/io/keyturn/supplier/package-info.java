/** Suppliers and the lists they refer to: what the keys open. */
@NullMarked
package io.keyturn.supplier;

import org.jspecify.annotations.NullMarked;
