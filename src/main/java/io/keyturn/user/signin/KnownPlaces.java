package io.keyturn.user.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.config.Settings;
import io.keyturn.http.ClientAddress;
import io.keyturn.http.Cookies;
import io.keyturn.keyring.Keyring;
import io.keyturn.network.AddressBlock;
import io.keyturn.user.User;
import io.keyturn.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The browsers and addresses from which people have signed in to an account. Guesses from other
 * places do not lock these places out. A signed cookie identifies a browser on every node for half
 * a year. An address is known to this node for 30 days. A known place has no rights, only a budget
 * of failures of its own.
 */
@ApplicationScoped
public class KnownPlaces {
  private static final Duration BROWSER = Duration.ofDays(180);
  private static final Duration ADDRESS = Duration.ofDays(30);
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f-]{36})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

  @Inject private Keyring keyring;
  @Inject private Settings settings;
  @Inject private Clock clock;

  private final Cache<String, Boolean> addresses =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(ADDRESS).build();

  /** The place from which a person tries to sign in to an account. */
  public SignInPlace of(HttpServletRequest request, String email) {
    String account = Users.normal(email);
    String address = ClientAddress.of(request);
    String browser = browser(request, account).orElse(null);
    if (browser != null) {
      return new SignInPlace(address, "browser " + browser);
    }
    String block = AddressBlock.budgetKey(address);
    return new SignInPlace(
        address, addresses.getIfPresent(account + " " + block) == null ? null : "address " + block);
  }

  /** Remembers the place of a successful sign-in, here and in the browser. */
  public void remember(User user, HttpServletRequest request, HttpServletResponse response) {
    String account = user.email();
    addresses.put(account + " " + AddressBlock.budgetKey(ClientAddress.of(request)), true);
    String id = browser(request, account).orElseGet(() -> UUID.randomUUID().toString());
    String issued = Long.toString(clock.instant().getEpochSecond());
    Cookies.set(
        response,
        name(account),
        String.join(".", id, issued, mac(account, id, issued)),
        BROWSER,
        settings.secureCookies());
  }

  /** The id of a browser that has signed in to this account before. */
  private Optional<String> browser(HttpServletRequest request, String account) {
    return Cookies.values(request, name(account))
        .map(FORM::matcher)
        .filter(Matcher::matches)
        .filter(value -> fits(account, value))
        .map(value -> value.group(1))
        .findFirst();
  }

  private boolean fits(String account, Matcher value) {
    Instant issued = Instant.ofEpochSecond(Long.parseLong(value.group(2)));
    String wanted = mac(account, value.group(1), value.group(2));
    return MessageDigest.isEqual(bytes(wanted), bytes(value.group(3)))
        && issued.plus(BROWSER).isAfter(clock.instant());
  }

  /** The cookie's name. It is a MAC, so that the cookie does not reveal the account. */
  private String name(String account) {
    byte[] mac = keyring.browserKey().ofParts(bytes("name"), bytes(account));
    return (settings.secureCookies() ? "__Host-" : "")
        + "keyturn-known-"
        + HexFormat.of().formatHex(mac, 0, 8);
  }

  private String mac(String account, String id, String issued) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            keyring
                .browserKey()
                .ofParts(bytes("browser"), bytes(account), bytes(id), bytes(issued)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
