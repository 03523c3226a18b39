package io.keyturn.requestlog;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.Problem;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is noted when it was answered. What takes time, such as making the user agent
 * printable, is left to the time of writing.
 *
 * @param key whose credential was sent; null when it is not known
 * @param number of the credential that was sent; 0 when it is not known
 * @param at when it was answered, in milliseconds since 1970
 * @param nanos how long it took
 * @param route the method of the resource; null when no resource was found
 * @param problem what was answered to a failure; null for other answers
 */
record NotedRequest(
    Owner owner,
    @Nullable ApiKeyId key,
    int number,
    Share share,
    String requestId,
    long at,
    long nanos,
    String method,
    @Nullable Method route,
    int status,
    @Nullable Problem problem,
    String address,
    @Nullable String userAgent) {

  /** How much memory the further members of its problem take, in characters. */
  int weight() {
    return FurtherMembers.weight(problem);
  }

  /** The note without the list of errors that was answered. */
  NotedRequest withoutErrors() {
    return new NotedRequest(
        owner,
        key,
        number,
        share,
        requestId,
        at,
        nanos,
        method,
        route,
        status,
        problem == null ? null : FurtherMembers.withoutErrors(problem),
        address,
        userAgent);
  }

  /** In whose log a request belongs. */
  sealed interface Owner {}

  /** The organisation whose key sent the request. */
  record OfKey(OrganisationId id) implements Owner {}

  /**
   * The organisation on whose host a stranger sent the request.
   *
   * @param label of the host; it may name no organisation
   */
  record OfHost(String label) implements Owner {}
}
