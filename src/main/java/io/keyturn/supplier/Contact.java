package io.keyturn.supplier;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A person at a supplier: as it is sent, stored and answered. */
@Schema(name = "Contact", description = "A person at the supplier.")
public record Contact(
    @Schema(maxLength = 200, examples = "Ada Example") @Nullable String name,
    @Schema(nullable = true, examples = "ada@nordwind.example") @Nullable String email,
    @Schema(nullable = true, examples = "+49 30 901820") @Nullable String phone,
    @Schema(name = "job_title", nullable = true, maxLength = 200) @Nullable String jobTitle,
    @Schema(
            defaultValue = "false",
            description = "If no contact is said to be primary, the first is.")
        @Nullable Boolean primary) {}
