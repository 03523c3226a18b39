package io.keyturn.supplier;

import org.jspecify.annotations.Nullable;

/**
 * Which suppliers to list, and in which order. A null member matches all suppliers.
 *
 * @param location a location's id, or its name in any case
 * @param country ISO 3166-1 alpha-2
 * @param text a part of a name, of the number or of the external id, in any case
 */
public record SupplierFilter(
    @Nullable SupplierStatus status,
    @Nullable String location,
    @Nullable String country,
    @Nullable String text,
    SupplierSort sort) {}
