package io.keyturn.network;

/**
 * The proxies whose word is taken for where a request comes from.
 *
 * @param networks their addresses; none where there is no proxy
 */
public record TrustedProxies(Networks networks) {
  /** No proxy. */
  public static final TrustedProxies NONE = new TrustedProxies(Networks.ALL);

  public boolean include(String address) {
    return !networks.list().isEmpty() && networks.admits(address);
  }
}
