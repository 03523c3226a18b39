package io.keyturn.user.signin;

import io.keyturn.config.Settings;
import io.keyturn.http.Cookies;
import io.keyturn.keyring.Keyring;
import io.keyturn.secret.Seal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a pending sign-in in a sealed cookie of the browser that began it. The server stores
 * nothing, so that many begun sign-ins cost it no memory. The cookie is {@code SameSite=Lax}:
 * browsers send it with the provider's redirect, which is a navigation.
 */
@ApplicationScoped
class PendingSignInCookie {
  private static final byte[] PLACE = "sign-in".getBytes(StandardCharsets.US_ASCII);

  @Inject private Settings settings;
  @Inject private Keyring keyring;

  private String name() {
    return (settings.secureCookies() ? "__Host-" : "") + "keyturn-sign-in";
  }

  /** Sends the cookie to the browser. */
  void keep(HttpServletResponse response, PendingSignIn pending) {
    String text =
        String.join(
            "\n",
            pending.state(),
            pending.nonce(),
            pending.codeVerifier(),
            pending.redirectUri(),
            pending.returnTo(),
            Boolean.toString(pending.forcePassword()),
            pending.until().toString());
    byte[] sealed = keyring.signInSeal().close(text.getBytes(StandardCharsets.UTF_8), PLACE);
    set(response, Base64.getUrlEncoder().withoutPadding().encodeToString(sealed), null);
  }

  private void set(HttpServletResponse response, String value, @Nullable Duration age) {
    Cookies.set(response, name(), value, age, settings.secureCookies());
  }

  /**
   * The pending sign-in of this browser. The cookie is deleted, because an answer is accepted once.
   */
  @Nullable PendingSignIn take(HttpServletRequest request, HttpServletResponse response) {
    Optional<String> value = Cookies.values(request, name()).findFirst();
    value.ifPresent(sent -> set(response, "", Duration.ZERO));
    return value.map(this::open).orElse(null);
  }

  private @Nullable PendingSignIn open(String value) {
    try {
      byte[] text = keyring.signInSeal().open(Base64.getUrlDecoder().decode(value), PLACE);
      String[] parts = new String(text, StandardCharsets.UTF_8).split("\n", -1);
      return new PendingSignIn(
          parts[0],
          parts[1],
          parts[2],
          parts[3],
          parts[4],
          Boolean.parseBoolean(parts[5]),
          Instant.parse(parts[6]));
    } catch (IllegalArgumentException | Seal.BrokenSeal e) {
      return null;
    }
  }
}
