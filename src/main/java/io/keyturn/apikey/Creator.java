package io.keyturn.apikey;

import jakarta.persistence.Embeddable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The person or key that answers for a key: its creator, or the person to whom it was handed over.
 *
 * @param createdBy null where nobody in the organisation created the key
 * @param createdByName the name at that time
 */
@Embeddable
record Creator(@Nullable UUID createdBy, String createdByName) {}
