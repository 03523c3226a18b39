package io.keyturn.supplier;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A custom field as the API answers it. */
@Schema(name = "CustomField", description = "A member that the organisation added to suppliers.")
public record CustomFieldView(
    UUID id,
    @Schema(examples = "cost_centre", description = "Its name in `custom_fields`.") String name,
    @Schema(examples = "Cost centre") String label,
    @Schema(enumeration = {"text", "number", "boolean", "date", "choice"}) String type,
    @Schema(description = "The values of a choice; none for other types.") List<String> choices) {

  static CustomFieldView of(CustomField field) {
    return new CustomFieldView(
        field.id(), field.name(), field.label(), field.type().code(), field.choices());
  }
}
