/**
 * The API about suppliers: {@code /api/v1/suppliers} and the lists that suppliers refer to.
 *
 * <p>Start with {@link io.keyturn.supplier.rest.SuppliersResource}. {@link
 * io.keyturn.supplier.rest.SupplierParameters} are the filters of the list.
 *
 * <p>Tests: {@code SupplierParametersTest}, {@code SuppliersHttpIT}, {@code SupplierWritesHttpIT}.
 */
@NullMarked
package io.keyturn.supplier.rest;

import org.jspecify.annotations.NullMarked;
