/**
 * Suppliers and the lists that they refer to: what the keys open.
 *
 * <p>Start with {@link io.keyturn.supplier.Supplier}: its status changes by its own methods, and
 * its data by {@code write}. {@link io.keyturn.supplier.Suppliers} reads, {@link
 * io.keyturn.supplier.SupplierEdits} writes, and {@code SupplierHistory.record} records each
 * change. {@code SupplierCheck} makes of what was sent what is stored. {@code SupplierQuery} reads
 * the pages of a list, with the help of the terms that {@code SupplierIndex} keeps and {@code
 * TermFilter} asks for. {@code SupplierReach} knows what a key that is limited to locations sees
 * and writes. {@link io.keyturn.supplier.Units} are locations and departments. {@link
 * io.keyturn.supplier.DemoSuppliers} fills an empty embedded database.
 *
 * <p>The package is large because its rules need each other's classes, and nobody else does. The
 * API is in the room {@code rest}, check digits in {@code identifier}.
 *
 * <p>Tests: {@code SupplierTest}, {@code SupplierCheckTest}, {@code SupplierQueryTest}, {@code
 * TermFilterTest}, {@code SuppliersHttpIT}, {@code SupplierWritesHttpIT}, {@code
 * SupplierReachHttpIT}.
 */
@NullMarked
package io.keyturn.supplier;

import org.jspecify.annotations.NullMarked;
