package io.keyturn.http;

import io.keyturn.config.Settings;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.problem.RequestId;
import io.keyturn.problem.SecretText;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filter before all others that decide anything. It sets the request's id, requires one
 * well-formed Host, bounds the body, and sets the headers of every answer.
 */
public class EdgeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** The largest body in bytes. */
  static final long MAX_BODY = 1024 * 1024;

  /** The largest body with a file, in bytes. */
  static final long MAX_FILE = 64 * MAX_BODY;

  /** The only address of the API to which files are sent, and its like for the pages. */
  private static final String FILES = "/supplier-imports";

  private static final String FILE_OF_PAGE = FILES + "/file";

  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private static final Pattern URI = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%\\[\\]-]*+");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*");

  /** The content codings that the server decodes before the body is read. */
  @Inject private transient Settings settings;

  @Inject private transient ThreadReserve reserve;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    reserve.begins();
    LogContext.put("request_id", RequestId.of(request));
    try {
      answer(request, response, chain);
    } finally {
      LogContext.end();
      reserve.ends();
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader(RequestId.HEADER, RequestId.of(request));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("X-Frame-Options", "DENY");
    ClientAddress.keep(request, settings.trustedProxies());
    if (ClientAddress.scheme(request).equals("https")) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
    Problem refused = refused(request);
    if (refused != null) {
      ProblemAnswer.write(request, response, refused);
      return;
    }
    if (ofApi(request)) {
      response.setHeader("Cache-Control", "no-store");
    }
    try (SlowBody body = new SlowBody(ClientAddress.of(request))) {
      BoundedRequest bounded = new BoundedRequest(request, body, longest(request));
      try {
        if (!ofApi(request)) {
          bounded.readForm();
        }
      } catch (ProblemException e) {
        ProblemAnswer.write(request, response, Problem.of(e), e.headers());
        return;
      }
      chain.doFilter(bounded, response);
    }
  }

  private @Nullable Problem refused(HttpServletRequest request) {
    List<String> hosts = Collections.list(request.getHeaders("Host"));
    Optional<HostHeader> host =
        hosts.size() == 1 ? HostHeader.parse(hosts.get(0)) : Optional.empty();
    if (host.isEmpty()) {
      return Problem.of(
          ProblemType.MALFORMED_REQUEST, "The request must have one well-formed Host header.");
    }
    if (!host.get().isServer(request.getServerName())) {
      return Problem.of(
          ProblemType.MALFORMED_REQUEST,
          "The request line and the Host header name different hosts.");
    }
    String query = request.getQueryString();
    if (SecretText.in(request.getRequestURI()) || (query != null && SecretText.in(query))) {
      // The server would log the address when its parser fails, or when there is no such file.
      return Problem.of(
          ProblemType.CREDENTIAL_IN_QUERY,
          "A secret does not belong in an address, because addresses are logged."
              + " Replace the secret if it was real.");
    }
    if (!served(host.get())) {
      return Problem.of(
          ProblemType.MISDIRECTED_REQUEST,
          "This host is not served here. An operator may allow it in KEYTURN_OTHER_HOSTS.");
    }
    if (query != null && BAD_ESCAPE.matcher(query).find()) {
      return Problem.of(
          ProblemType.MALFORMED_REQUEST,
          "The address has a % that does not begin an escaped character.");
    }
    String header = OddHeaders.unreadable(request, ofApi(request));
    if (header != null) {
      return Problem.of(ProblemType.MALFORMED_REQUEST, "The header " + header + " cannot be read.");
    }
    if (OddHeaders.unknownCharset(request)) {
      return Problem.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body in UTF-8; that charset is not known.");
    }
    if (ofApi(request) && !uri(request.getRequestURI(), query)) {
      return Problem.of(
          ProblemType.MALFORMED_REQUEST,
          "The address has a character that must be percent-encoded (RFC 3986).");
    }
    if (request.getContentLengthLong() > longest(request)) {
      return BoundedStream.tooLarge(longest(request));
    }
    List<String> codings = Collections.list(request.getHeaders("Transfer-Encoding"));
    if (!codings.isEmpty()
        && !(codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked"))) {
      // The server treats each coding that ends so as chunked, and a proxy before it may not.
      return Problem.of(
          ProblemType.MALFORMED_REQUEST, "The only Transfer-Encoding that is read is chunked.");
    }
    if (!codings.isEmpty() && !ofApi(request)) {
      return Problem.of(
          ProblemType.LENGTH_REQUIRED,
          "Say in Content-Length how long the body is: at most " + MAX_BODY + " bytes.");
    }
    return null;
  }

  /**
   * Whether a host is served: the base domain and all names below it, addresses, and names without
   * a dot, which cannot be registered. A page of another site must not read answers by pointing its
   * own name to this server (DNS rebinding).
   */
  private boolean served(HostHeader host) {
    String name = host.name();
    return name.equals(settings.baseDomain())
        || name.endsWith("." + settings.baseDomain())
        || name.indexOf('.') < 0
        || ADDRESS.matcher(name).matches()
        || settings.otherHosts().contains(name);
  }

  /** Whether the address has only the characters of a URI. Otherwise the API's parser fails. */
  private static boolean uri(String path, @Nullable String query) {
    return URI.matcher(path).matches() && (query == null || URI.matcher(query).matches());
  }

  /** Whether the request is for the API, which reads the raw body. Pages read parameters. */
  private static boolean ofApi(HttpServletRequest request) {
    return request.getServletPath().equals("/api/v1");
  }

  private static long longest(HttpServletRequest request) {
    boolean file =
        ofApi(request)
            ? FILES.equals(request.getPathInfo())
            : FILE_OF_PAGE.equals(request.getServletPath());
    return file ? MAX_FILE : MAX_BODY;
  }
}
