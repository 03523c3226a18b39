/**
 * Suppliers and the lists that they refer to: what the keys open.
 *
 * <p>Start with {@link io.keyturn.supplier.SuppliersResource}, which calls {@link
 * io.keyturn.supplier.Suppliers}; {@code SupplierQuery} builds the one query of a list. {@link
 * io.keyturn.supplier.DemoSuppliers} fills an empty embedded database.
 *
 * <p>Tests: {@code SuppliersTest}, {@code SupplierQueryTest}, {@code SuppliersHttpIT}.
 */
@NullMarked
package io.keyturn.supplier;

import org.jspecify.annotations.NullMarked;
