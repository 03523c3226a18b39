package io.keyturn.supplier.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The name of a location or department. */
@Schema(name = "UnitName", requiredProperties = "name", examples = "{\"name\": \"Berlin\"}")
public record UnitRequest(
    @Schema(
            minLength = 1,
            maxLength = 200,
            description = "Unique in its list; upper and lower case are the same.")
        @Nullable String name) {}
