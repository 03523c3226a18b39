package io.keyturn.notice;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell the people of an organisation.
 *
 * @param cause the same for the same news, which is told once
 * @param owner the person who answers for the object; null for none
 * @param actor the person who caused it, and knows it already; null for nobody
 * @param facts further facts, without secrets
 */
record News(
    NoticeKind kind,
    String cause,
    Instant at,
    @Nullable UUID subjectId,
    String subjectName,
    @Nullable UUID owner,
    @Nullable UUID actor,
    Map<String, String> facts) {}
