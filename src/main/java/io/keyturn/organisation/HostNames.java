package io.keyturn.organisation;

import io.keyturn.config.Settings;
import io.keyturn.http.ClientAddress;
import io.keyturn.http.HostHeader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the organisation that a Host names: {@code <label>.<base domain>} binds the request to that
 * organisation; the base domain itself, an address or a foreign name binds nothing.
 */
@ApplicationScoped
public class HostNames {
  private static final String LOCALHOST = "localhost";

  @Inject private Settings settings;

  /**
   * The label before the base domain; empty when there is none. It may name no existing
   * organisation.
   */
  public Optional<String> label(HttpServletRequest request) {
    String host = host(request).name();
    String tail = "." + settings.baseDomain();
    return host.endsWith(tail)
        ? Optional.of(host.substring(0, host.length() - tail.length()))
        : Optional.empty();
  }

  /**
   * The label in what a person enters: the label itself, or the address of the organisation, whole
   * or in part.
   */
  public String label(String entered) {
    String host =
        entered
            .strip()
            .toLowerCase(Locale.ROOT)
            .replaceFirst("^[a-z]+://", "")
            .replaceFirst("[/:?#].*$", "");
    String tail = "." + settings.baseDomain();
    return host.endsWith(tail) ? host.substring(0, host.length() - tail.length()) : host;
  }

  /**
   * The address of an organisation's pages and API. Empty when the request does not use the base
   * domain, because the organisation's own host may then not exist.
   */
  public Optional<String> origin(HttpServletRequest request, String domain) {
    HostHeader host = host(request);
    if (!host.name().equals(settings.baseDomain()) && label(request).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ClientAddress.scheme(request) + "://" + domain + "." + settings.baseDomain() + host.port());
  }

  /**
   * The address of this request for programs on the client's machine. Only browsers resolve names
   * below {@code localhost}, so programs get {@code localhost} itself; the key names the
   * organisation there.
   */
  public String forPrograms(HttpServletRequest request) {
    HostHeader host = host(request);
    String name = host.name().endsWith("." + LOCALHOST) ? LOCALHOST : host.name();
    return ClientAddress.scheme(request) + "://" + name + host.port();
  }

  /**
   * The edge filter has refused requests without a well-formed Host. Pages that run before it see
   * an empty Host.
   */
  private static HostHeader host(HttpServletRequest request) {
    return HostHeader.parse(String.valueOf(request.getHeader("Host")))
        .orElseGet(() -> new HostHeader("", ""));
  }
}
