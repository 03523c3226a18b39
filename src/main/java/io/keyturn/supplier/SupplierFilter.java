package io.keyturn.supplier;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which suppliers to list, and in which order. Values of a member are alternatives; all members
 * must match. An empty or null member matches all suppliers.
 *
 * @param locations ids of locations, or their names in any case
 * @param departments ids of departments, or their names in any case
 * @param countries ISO 3166-1 alpha-2
 * @param categories beginnings of codes, with or without a scheme and a colon before them
 * @param currencies ISO 4217
 * @param onHold whether there is a hold that has not ended
 * @param text a part of a name, the number, the external id or an identifier; case and accents do
 *     not matter
 * @param identifiers patterns of {@code LIKE} for {@link Identifier#term}
 */
public record SupplierFilter(
    Set<SupplierStatus> statuses,
    List<String> locations,
    List<String> departments,
    List<String> countries,
    List<String> categories,
    List<String> industries,
    List<UUID> owners,
    Set<OnboardingStatus> onboardingStatuses,
    List<String> currencies,
    @Nullable Boolean preferred,
    @Nullable Boolean onHold,
    List<String> tags,
    @Nullable String text,
    List<String> externalIds,
    List<String> identifiers,
    @Nullable Instant createdSince,
    @Nullable Instant updatedSince,
    SupplierSort sort) {}
