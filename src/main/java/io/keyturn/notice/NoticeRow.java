package io.keyturn.notice;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice as a person reads it.
 *
 * @param subjectName the name of the object when it happened; empty for none
 * @param facts further facts, which depend on the kind
 */
public record NoticeRow(
    UUID id,
    NoticeKind kind,
    Instant at,
    @Nullable UUID subjectId,
    String subjectName,
    Map<String, String> facts,
    boolean read) {

  static NoticeRow of(Notice notice, NoticeCopy copy) {
    return new NoticeRow(
        notice.id(),
        notice.kind(),
        notice.at(),
        notice.subjectId(),
        notice.subjectName(),
        notice.facts(),
        copy.read());
  }
}
