package io.keyturn.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The object that an audit event is about.
 *
 * @param type the kind of object, such as {@code api_key} or {@code user}
 * @param name the name at that time
 */
public record Subject(String type, @Nullable UUID id, String name) {}
