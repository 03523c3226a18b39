package io.keyturn.supplier;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An entry of a list of values. */
@Schema(name = "Entry", description = "A value that suppliers can have.")
public record EntryView(
    @Schema(examples = "DE", description = "As suppliers have it.") String id,
    @Schema(examples = "Germany") String name) {}
