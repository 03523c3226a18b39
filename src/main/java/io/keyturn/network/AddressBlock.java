package io.keyturn.network;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv6.IPv6Address;

/** The part of an address that its sender cannot change at will. */
public final class AddressBlock {
  /** The smallest IPv6 network of a customer (RFC 6177, RFC 7421); its owner has 2^64 addresses. */
  private static final int IPV6_PREFIX = 64;

  private AddressBlock() {}

  /**
   * The key for counting requests. For IPv4 it is the address, also when it arrives as IPv6 (RFC
   * 4291 §2.5.5.2); for IPv6 it is the /64 block. A text that is no address stays unchanged.
   */
  public static String budgetKey(String address) {
    int zone = address.indexOf('%');
    IPAddress parsed =
        new IPAddressString(zone < 0 ? address : address.substring(0, zone)).getAddress();
    IPv6Address v6 = parsed == null || !parsed.isIPv6() ? null : parsed.toIPv6();
    if (v6 == null) {
      return address;
    }
    return v6.isIPv4Mapped()
        ? v6.getEmbeddedIPv4Address().toCanonicalString()
        : v6.toPrefixBlock(IPV6_PREFIX).toCanonicalString();
  }
}
