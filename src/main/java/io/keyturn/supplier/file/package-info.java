/**
 * Suppliers in files: what is exported can be imported again.
 *
 * <p>{@code SupplierColumn} says what stands in a file, and {@code SupplierRow} reads a row of it.
 * {@link io.keyturn.supplier.file.SupplierExport} writes a file. An import is received by {@link
 * io.keyturn.supplier.file.ImportReceiver} and done piece by piece by {@code ImportWork}, which a
 * timer wakes.
 *
 * <p>Tests: {@code SupplierRowTest}, {@code SupplierFilesHttpIT}.
 */
@NullMarked
package io.keyturn.supplier.file;

import org.jspecify.annotations.NullMarked;
