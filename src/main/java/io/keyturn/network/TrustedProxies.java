package io.keyturn.network;

/**
 * The proxies that are trusted to name the client's address.
 *
 * @param networks the proxies' addresses; empty without a proxy
 */
public record TrustedProxies(Networks networks) {
  /** No proxy. */
  public static final TrustedProxies NONE = new TrustedProxies(Networks.ALL);

  public boolean include(String address) {
    return !networks.equals(Networks.ALL) && networks.admits(address);
  }
}
