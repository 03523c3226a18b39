package io.keyturn.supplier;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A location as the API answers it. */
@Schema(name = "Location", description = "A part of the buying organisation, such as a site.")
public record LocationView(UUID id, @Schema(examples = "Berlin") String name) {

  static LocationView of(Location location) {
    return new LocationView(location.id(), location.name());
  }
}
