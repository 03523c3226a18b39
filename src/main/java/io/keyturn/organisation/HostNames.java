package io.keyturn.organisation;

import io.keyturn.platform.ClientAddress;
import io.keyturn.platform.HostHeader;
import io.keyturn.platform.Settings;
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

  /** The edge has refused requests without a well-formed Host; pages before it see an empty one. */
  private static HostHeader host(HttpServletRequest request) {
    return HostHeader.parse(String.valueOf(request.getHeader("Host")))
        .orElseGet(() -> new HostHeader("", ""));
  }
}
