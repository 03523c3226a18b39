package io.keyturn.network;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv6.IPv6Address;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The networks from which access is allowed: addresses and blocks of IPv4 (RFC 4632) and IPv6 (RFC
 * 4291), in canonical form (RFC 5952). An empty list means every network.
 */
public final class Networks {
  private static final int MOST = 50;
  private static final int IPV4_AROUND = 24;
  private static final int IPV6_AROUND = 64;
  private static final Pattern WORD = Pattern.compile("[^\\s,;]+");

  /** A plain address or a CIDR block, without the library's ranges, wildcards and masks. */
  public static final IPAddressStringParameters FORM =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowPrefixOnly(false)
          .allowMask(false)
          .allowWildcardedSeparator(false)
          .setRangeOptions(RangeParameters.NO_RANGE)
          .getIPv4AddressParametersBuilder()
          .allow_inet_aton(false)
          .allowBinary(false)
          .allowLeadingZeros(false)
          .getParentBuilder()
          .getIPv6AddressParametersBuilder()
          .allowZone(false)
          .allowBase85(false)
          .allowBinary(false)
          .getParentBuilder()
          .toParams();

  /** Every network. */
  public static final Networks ALL = new Networks(List.of());

  private final List<IPAddress> blocks;

  private Networks(List<IPAddress> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Parses a list that is separated by commas, spaces or line ends.
   *
   * @throws ProblemException 422 for {@code networks} that names each bad entry; after too many
   *     entries the rest is not parsed
   */
  public static Networks parse(String text) {
    Set<IPAddress> blocks = new LinkedHashSet<>();
    List<FieldError> errors = new ArrayList<>();
    Matcher words = WORD.matcher(text);
    while (blocks.size() <= MOST && errors.size() <= MOST && words.find()) {
      String one = words.group();
      try {
        IPAddress block = new IPAddressString(one, FORM).toAddress();
        if (block.isPrefixed() && !block.isPrefixBlock()) {
          errors.add(error(one, "has bits after the prefix; the block is " + block(block)));
        } else {
          blocks.add(block);
        }
      } catch (AddressStringException e) {
        errors.add(error(one, "is not an address or a CIDR block, such as 192.0.2.0/24"));
      }
    }
    if (blocks.size() > MOST) {
      errors.add(new FieldError("networks", "must not be more than " + MOST));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new Networks(List.copyOf(blocks));
  }

  private static String block(IPAddress address) {
    return address.toPrefixBlock().toCanonicalString();
  }

  private static FieldError error(String one, String message) {
    String shown = one.length() > 60 ? one.substring(0, 60) + "…" : one;
    return new FieldError("networks", "\"" + shown + "\" " + message);
  }

  /** Whether one of the networks contains this address of a connection. */
  public boolean admits(String address) {
    if (blocks.isEmpty()) {
      return true;
    }
    int zone = address.indexOf('%');
    IPAddress from =
        new IPAddressString(zone < 0 ? address : address.substring(0, zone)).getAddress();
    return from != null
        && Stream.of(from, unmapped(from))
            .anyMatch(a -> blocks.stream().anyMatch(b -> b.contains(a)));
  }

  /** Whether the other networks contain all addresses of these networks. */
  public boolean within(Networks others) {
    return others.blocks.isEmpty()
        || (!blocks.isEmpty()
            && blocks.stream().allMatch(b -> others.blocks.stream().anyMatch(o -> o.contains(b))));
  }

  /**
   * An address as people write it: IPv6 in short form (RFC 5952), IPv4 also where it arrived as
   * IPv6. A text that is no address stays unchanged.
   */
  public static String readable(String address) {
    IPAddress parsed = new IPAddressString(address).getAddress();
    return parsed == null ? address : unmapped(parsed).toCanonicalString();
  }

  /**
   * The network that an address is in, as far as one client has it for itself: 256 addresses of
   * IPv4, or 64 bits of IPv6 (RFC 4291 §2.5.1). A text that is no address stays unchanged.
   */
  public static String around(String address) {
    IPAddress parsed = new IPAddressString(address).getAddress();
    if (parsed == null) {
      return address;
    }
    IPAddress whole = unmapped(parsed).withoutPrefixLength();
    return whole.toPrefixBlock(whole.isIPv4() ? IPV4_AROUND : IPV6_AROUND).toCanonicalString();
  }

  /** An IPv4 address that arrives as IPv6, {@code ::ffff:192.0.2.1} (RFC 4291 §2.5.5.2). */
  private static IPAddress unmapped(IPAddress address) {
    IPv6Address v6 = address.isIPv6() ? address.toIPv6() : null;
    return v6 != null && v6.isIPv4Mapped() ? v6.getEmbeddedIPv4Address() : address;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Networks networks && blocks.equals(networks.blocks);
  }

  @Override
  public int hashCode() {
    return blocks.hashCode();
  }

  /** The networks in canonical form. */
  public List<String> list() {
    return blocks.stream().map(IPAddress::toCanonicalString).toList();
  }

  /** The networks in canonical form, separated by spaces, for {@link #parse}. */
  @Override
  public String toString() {
    return String.join(" ", list());
  }
}
