package io.keyturn.supplier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a supplier, without its status.
 *
 * @param externalId its id in the buyer's own systems
 * @param country ISO 3166-1 alpha-2
 * @param categories the categories of what it delivers; without line breaks
 * @param currency ISO 4217
 */
public record SupplierDetails(
    @Nullable String externalId,
    String name,
    @Nullable String legalName,
    SupplierType type,
    String country,
    List<String> categories,
    String currency) {}
