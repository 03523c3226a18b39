package io.keyturn.supplier;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How well a supplier does: as it is sent and answered. */
@Schema(
    name = "Scores",
    description = "How well the supplier does: 0 to 5, with one decimal at most.")
public record Scores(
    @Schema(nullable = true, minimum = "0", maximum = "5", examples = "4.5")
        @Nullable BigDecimal performance,
    @Schema(nullable = true, minimum = "0", maximum = "5") @Nullable BigDecimal risk,
    @Schema(nullable = true, minimum = "0", maximum = "5") @Nullable BigDecimal sustainability) {

  static final Scores NONE = new Scores(null, null, null);
}
