package io.keyturn.supplier;

import org.jspecify.annotations.Nullable;

/**
 * Which suppliers to list, and in which order. Null means no such condition.
 *
 * @param location a location's id, or its name in whatever case
 * @param country ISO 3166-1 alpha-2
 * @param text what a name, the number or the external id contains, in whatever case
 */
public record SupplierFilter(
    @Nullable SupplierStatus status,
    @Nullable String location,
    @Nullable String country,
    @Nullable String text,
    SupplierSort sort) {}
