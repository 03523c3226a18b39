package io.keyturn.supplier;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An entry of a list that a supplier refers to. Only the id is read and stored. */
@Schema(name = "Reference", requiredProperties = "id", description = "An entry of another list.")
public record Reference(
    @Nullable UUID id,
    @Schema(examples = "Berlin", description = "Answered; ignored when it is sent.")
        @Nullable String name) {}
