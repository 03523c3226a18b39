package io.keyturn.organisation;

import io.keyturn.config.Settings;
import io.keyturn.http.ClientAddress;
import io.keyturn.http.HostHeader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * What a Host says of the organisation: {@code <label>.<base domain>} binds the request to that
 * organisation; the base domain itself, an address or a foreign name binds nothing.
 */
@ApplicationScoped
public class HostNames {
  private static final String LOCALHOST = "localhost";

  @Inject private Settings settings;

  /** The label before the base domain, if there is one. It may name no organisation. */
  public Optional<String> label(HttpServletRequest request) {
    String host = host(request).name();
    String tail = "." + settings.baseDomain();
    return host.endsWith(tail)
        ? Optional.of(host.substring(0, host.length() - tail.length()))
        : Optional.empty();
  }

  /**
   * The address at which an organisation's pages and API are, or nothing when the platform is
   * reached by another name than its base domain, so that no such host can be assumed.
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
   * The address by which somebody came, as a program on their machine can use it. Names below
   * {@code localhost} are known to browsers only, so that it is that itself: the key tells the
   * organisation there.
   */
  public String forPrograms(HttpServletRequest request) {
    HostHeader host = host(request);
    String name = host.name().endsWith("." + LOCALHOST) ? LOCALHOST : host.name();
    return ClientAddress.scheme(request) + "://" + name + host.port();
  }

  /** The edge has refused requests without a well-formed Host; pages before it see an empty one. */
  private static HostHeader host(HttpServletRequest request) {
    return HostHeader.parse(String.valueOf(request.getHeader("Host")))
        .orElseGet(() -> new HostHeader("", ""));
  }
}
