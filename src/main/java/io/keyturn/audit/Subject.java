package io.keyturn.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an audit event is about.
 *
 * @param type the kind of object, {@code api_key} or {@code user}
 * @param name as it was at that time
 */
public record Subject(String type, @Nullable UUID id, String name) {}
