package io.keyturn.network;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are on the public Internet: none of the special ones that the registries of IANA
 * list as not globally reachable (RFC 6890), and none that carries such an IPv4 address within.
 */
public final class PublicNetwork {
  private static final List<IPAddress> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20",
              "5f00::/16",
              "fc00::/7",
              "fe80::/9",
              "ff00::/8")
          .map(block -> new IPAddressString(block).getAddress())
          .toList();

  private PublicNetwork() {}

  /** Whether an address is on the public Internet. */
  public static boolean has(InetAddress address) {
    IPAddress plain = new IPAddressString(address(address)).getAddress();
    if (plain == null) {
      return false;
    }
    IPv6Address v6 = plain.isIPv6() ? plain.toIPv6() : null;
    IPAddress inner = v6 != null && v6.isIPv4Mapped() ? v6.getEmbeddedIPv4Address() : plain;
    return SPECIAL.stream().noneMatch(block -> block.contains(inner));
  }

  /** An address as text, without the zone of IPv6. */
  public static String address(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
