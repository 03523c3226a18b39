package io.keyturn.http;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an object to which a change may be applied (RFC 9110 §13.1.1).
 *
 * @param tags strong entity tags without quotation marks; empty for {@code *}, which matches any
 *     version
 * @param weak whether the header had weak tags, which never match
 */
public record IfMatch(Optional<Set<String>> tags, boolean weak) {
  /** Matches any version. */
  public static final IfMatch ANY = new IfMatch(Optional.empty(), false);

  /**
   * Parses the header.
   *
   * @throws ProblemException 428 when it is absent, 400 when it is malformed
   */
  public static IfMatch of(@Nullable String header) {
    if (header == null) {
      throw new ProblemException(
          ProblemType.PRECONDITION_REQUIRED,
          "Send the ETag of the version that you have read as If-Match, so that no"
              + " change is lost.");
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
   * Refuses a version that does not match.
   *
   * @throws ProblemException 412
   */
  public void check(int version) {
    if (tags.isPresent() && !tags.get().contains(Integer.toString(version))) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED,
          "The object is at version "
              + version
              + ", which If-Match does not name."
              + (weak ? " Weak entity tags never match: send the ETag as you got it." : "")
              + " Read it again, then repeat your change.");
    }
  }
}
