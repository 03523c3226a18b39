package io.keyturn.supplier;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A location or department as the API answers it. */
@Schema(name = "Unit", description = "A part of the buying organisation, such as a site.")
public record UnitView(UUID id, @Schema(examples = "Berlin") String name) {

  static UnitView of(Unit unit) {
    return new UnitView(unit.id(), unit.name());
  }
}
