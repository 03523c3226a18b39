package io.keyturn.http;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an object that a change may be applied to (RFC 9110 §13.1.1).
 *
 * @param tags strong entity tags without their quotation marks; nothing for {@code *}, which is any
 * @param weak whether weak ones were among them, which never match
 */
public record IfMatch(Optional<Set<String>> tags, boolean weak) {
  /** Whatever the version is. */
  public static final IfMatch ANY = new IfMatch(Optional.empty(), false);

  /**
   * The value of the header.
   *
   * @throws ProblemException 428 when it is absent, 400 when it is malformed
   */
  public static IfMatch of(@Nullable String header) {
    if (header == null) {
      throw new ProblemException(
          ProblemType.PRECONDITION_REQUIRED,
          "Send the ETag of what you have read as If-Match, so that nobody's change is lost.");
    }
    if (header.strip().equals("*")) {
      return ANY;
    }
    return new IfMatch(
        Optional.of(
            EntityTags.strong(header)
                .orElseThrow(
                    () ->
                        new ProblemException(
                            ProblemType.MALFORMED_REQUEST,
                            "If-Match is not a list of entity tags."))),
        header.contains("W/"));
  }

  /**
   * Refuses another version.
   *
   * @throws ProblemException 412
   */
  public void check(int version) {
    if (tags.isPresent() && !tags.get().contains(Integer.toString(version))) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED,
          "This is at version "
              + version
              + ", which If-Match does not name."
              + (weak ? " Weak entity tags never match: send the ETag as it stands." : "")
              + " Read it again, then repeat your change.");
    }
  }
}
