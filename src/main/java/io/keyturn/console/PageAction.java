package io.keyturn.console;

import io.keyturn.http.HostHeader;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import jakarta.faces.render.ResponseStateManager;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests may make a page act. The page's state is valid in any session, so it
 * proves nothing about the sender. With each POST, browsers send the site from which it comes.
 */
final class PageAction {
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Pattern ORIGIN = Pattern.compile("https?://(.+)");

  private PageAction() {}

  /** Whether the request may change something. */
  static boolean is(HttpServletRequest request) {
    return !READING.contains(request.getMethod());
  }

  /** The problem for which the request is not let to a page; null when it may pass. */
  static @Nullable Problem refused(HttpServletRequest request) {
    if (is(request) ? !request.getMethod().equals("POST") : comesBack(request)) {
      return Problem.of(
          ProblemType.METHOD_NOT_ALLOWED, "Nothing was done: pages accept actions by POST only.");
    }
    if (is(request) && !fromHere(request)) {
      return Problem.of(
          ProblemType.FORBIDDEN,
          "Nothing was done: the request does not come from a page of this site. If it did, a"
              + " proxy changes its Host or Origin header.");
    }
    return null;
  }

  /** Faces performs an action for any request, of any method, that carries a page's state. */
  private static boolean comesBack(HttpServletRequest request) {
    return request.getParameter(ResponseStateManager.VIEW_STATE_PARAM) != null;
  }

  /**
   * Checks {@code Sec-Fetch-Site} where the browser sends it, which is over TLS only, and otherwise
   * {@code Origin} with its port. A proxy may have removed the port from the Host.
   */
  private static boolean fromHere(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return "same-origin".equals(site);
    }
    Matcher from = ORIGIN.matcher(origin);
    Optional<HostHeader> sender =
        from.matches() ? HostHeader.parse(from.group(1)) : Optional.empty();
    Optional<HostHeader> here = HostHeader.parse(String.valueOf(request.getHeader("Host")));
    return site == null
        ? here.isPresent() && here.equals(sender)
        : site.equals("same-origin")
            && here.isPresent()
            && here.map(HostHeader::name).equals(sender.map(HostHeader::name));
  }
}
