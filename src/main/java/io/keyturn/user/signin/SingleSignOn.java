package io.keyturn.user.signin;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.keyturn.user.signin.FederatedPeople.VerifiedIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sign-in by OpenID Connect: the code flow with PKCE, state and nonce. */
@ApplicationScoped
public class SingleSignOn {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** The longest issuer and subject that the database can hold, in characters. */
  private static final int LONGEST_SUBJECT = 600;

  @Inject private Provider provider;
  @Inject private Clock clock;

  /**
   * The person whom the provider has authenticated.
   *
   * @param confirmedAt when the person authenticated at the provider
   */
  record CompletedSignIn(VerifiedIdentity person, Instant confirmedAt) {}

  /** Whether single sign-on is configured. */
  public boolean on() {
    return provider.settings().on();
  }

  /** The provider's name, for the button. */
  public String name() {
    return provider.settings().name();
  }

  /** The domain of the organisation to which the provider's people belong. */
  String organisation() {
    return provider.settings().organisation();
  }

  /** Creates the values of a new sign-in. */
  PendingSignIn begin(String redirectUri, String returnTo, boolean forcePassword) {
    return new PendingSignIn(
        new State(32).getValue(),
        new Nonce(32).getValue(),
        new CodeVerifier().getValue(),
        redirectUri,
        returnTo,
        forcePassword,
        clock.instant().plus(LONGEST));
  }

  /** The address to which the browser is sent. */
  URI address(PendingSignIn pending) throws SsoFailure {
    return provider.signInAddress(pending);
  }

  /**
   * Checks the provider's answer.
   *
   * @param pending the pending sign-in of this browser, which must not be used twice
   * @param answer the parameters of the address
   */
  CompletedSignIn finish(@Nullable PendingSignIn pending, Map<String, String> answer)
      throws SsoFailure {
    String state = answer.getOrDefault("state", "");
    if (pending == null
        || !clock.instant().isBefore(pending.until())
        || !MessageDigest.isEqual(bytes(pending.state()), bytes(state))) {
      throw new SsoFailure(SsoRefusal.NOT_BEGUN, "the state is not that of this session");
    }
    String issuer = answer.get("iss");
    if (issuer != null && !provider.isIssuer(issuer)) {
      throw new SsoFailure(SsoRefusal.TOKEN, "the answer is of another issuer");
    }
    String code = answer.get("code");
    if (code == null || code.isBlank()) {
      throw new SsoFailure(SsoRefusal.DENIED, "the provider answered no code");
    }
    IDTokenClaimsSet claims = provider.claims(code, pending);
    return new CompletedSignIn(identity(claims), confirmedAt(claims, pending));
  }

  /**
   * When the person last entered a password at the provider. A provider need not say so. In that
   * case only a sign-in with a forced password prompt counts, because otherwise the provider may
   * have let the person pass without a question.
   */
  private Instant confirmedAt(IDTokenClaimsSet claims, PendingSignIn pending) {
    Date authenticated = claims.getAuthenticationTime();
    if (authenticated != null) {
      return authenticated.toInstant();
    }
    return pending.forcePassword() ? clock.instant() : Instant.EPOCH;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private VerifiedIdentity identity(IDTokenClaimsSet claims) throws SsoFailure {
    String subject = claims.getIssuer() + " " + claims.getSubject();
    if (subject.length() > LONGEST_SUBJECT || subject.chars().anyMatch(Character::isISOControl)) {
      throw new SsoFailure(SsoRefusal.TOKEN, "the subject is too long or has control characters");
    }
    String email = Optional.ofNullable(claims.getStringClaim("email")).orElse("").strip();
    Object verified = claims.getClaim("email_verified");
    String name = Optional.ofNullable(claims.getStringClaim("name")).orElse(email).strip();
    return new VerifiedIdentity(
        "single sign-on",
        subject,
        email,
        Boolean.TRUE.equals(verified) || "true".equals(verified),
        name,
        role(claims.toJSONObject()));
  }

  private @Nullable String role(Map<String, Object> claims) {
    Set<String> values = values(claims, provider.settings().rolesClaim());
    return provider.settings().roles().entrySet().stream()
        .filter(mapped -> values.contains(mapped.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /**
   * The values of a claim: a text or several texts. A dot leads into an object, unless a claim has
   * the whole name.
   */
  static Set<String> values(Map<String, Object> claims, String name) {
    Object value = claims.get(name);
    int dot = name.indexOf('.');
    if (value == null && dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
      Map<String, Object> object =
          inner.entrySet().stream()
              .filter(e -> e.getValue() != null)
              .collect(Collectors.toMap(e -> String.valueOf(e.getKey()), e -> e.getValue()));
      return values(object, name.substring(dot + 1));
    }
    Collection<?> all = value instanceof Collection<?> several ? several : List.of();
    return value instanceof String one
        ? Set.of(one)
        : all.stream().map(String::valueOf).collect(Collectors.toSet());
  }
}
