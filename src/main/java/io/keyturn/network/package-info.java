/**
 * IP addresses and blocks of them.
 *
 * <p>Start with {@link io.keyturn.network.Networks}: CIDR blocks, read from text, that hold an
 * address or not. {@link io.keyturn.network.TrustedProxies} finds the client's address behind
 * proxies. {@link io.keyturn.network.AddressBlock} names a sender: an IPv4 address, or the /64 of
 * an IPv6 address, for whoever has one address of a /64 has them all.
 *
 * <p>Tests: {@code NetworksTest}, {@code AddressBlockTest}, {@code ProxyH2IT}.
 */
@NullMarked
package io.keyturn.network;

import org.jspecify.annotations.NullMarked;
