package io.keyturn.platform;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;

/** What counts as one sender where a budget counts addresses. */
public final class Senders {
  /** What a site is given at least (RFC 6177 §2): in it, a sender has as many as it likes. */
  private static final int OF_ONE_SITE = 64;

  private Senders() {}

  /**
   * The sender behind an address: an address of IPv4 itself, also where it is mapped into IPv6 (RFC
   * 4291 §2.5.5.2); of IPv6 the block of 64 bits that it is in. What is no address stands for
   * itself.
   */
  public static String of(String address) {
    int zone = address.indexOf('%');
    IPAddress parsed =
        new IPAddressString(zone < 0 ? address : address.substring(0, zone)).getAddress();
    if (parsed == null || parsed.isIPv4()) {
      return address;
    }
    return parsed.toIPv6().isIPv4Mapped()
        ? parsed.toIPv6().getEmbeddedIPv4Address().toCanonicalString()
        : parsed.toPrefixBlock(OF_ONE_SITE).toCanonicalString();
  }
}
