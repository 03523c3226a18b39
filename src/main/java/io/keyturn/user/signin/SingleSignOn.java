package io.keyturn.user.signin;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.keyturn.user.signin.FederatedPeople.Vouched;
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

/** Signing in by OpenID Connect: the code flow with PKCE, state and nonce. */
@ApplicationScoped
public class SingleSignOn {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** What the database holds of issuer and subject. */
  private static final int LONGEST_SUBJECT = 600;

  @Inject private Provider provider;
  @Inject private Clock clock;

  /**
   * Who came, as the provider vouches for it.
   *
   * @param confirmedAt when they proved there who they are
   */
  record Came(Vouched person, Instant confirmedAt) {}

  /** Whether there is single sign-on. */
  public boolean on() {
    return provider.settings().on();
  }

  /** The provider's name, for the button. */
  public String name() {
    return provider.settings().name();
  }

  /** The domain of the organisation that it leads into. */
  String organisation() {
    return provider.settings().organisation();
  }

  /** Makes what a sign-in needs to come back. */
  PendingSignIn begin(String redirect, String goal, boolean anew) {
    return new PendingSignIn(
        new State(32).getValue(),
        new Nonce(32).getValue(),
        new CodeVerifier().getValue(),
        redirect,
        goal,
        anew,
        clock.instant().plus(LONGEST));
  }

  /** Where to send the browser. */
  URI address(PendingSignIn begun) throws SsoFailure {
    return provider.signInAddress(begun);
  }

  /**
   * Takes what came back.
   *
   * @param begun what the session remembers, which nothing may be used of twice
   * @param answer the parameters of the address
   */
  Came finish(@Nullable PendingSignIn begun, Map<String, String> answer) throws SsoFailure {
    String state = answer.getOrDefault("state", "");
    if (begun == null
        || !clock.instant().isBefore(begun.until())
        || !MessageDigest.isEqual(bytes(begun.state()), bytes(state))) {
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
    IDTokenClaimsSet claims = provider.claims(code, begun);
    return new Came(vouched(claims), confirmedAt(claims, begun));
  }

  /**
   * When the person entered a password, or the like, at the provider. Where it does not say so,
   * only a sign-in at which it was told to ask anew counts, for it lets others pass without a
   * question.
   */
  private Instant confirmedAt(IDTokenClaimsSet claims, PendingSignIn begun) {
    Date authenticated = claims.getAuthenticationTime();
    if (authenticated != null) {
      return authenticated.toInstant();
    }
    return begun.anew() ? clock.instant() : Instant.EPOCH;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Vouched vouched(IDTokenClaimsSet claims) throws SsoFailure {
    String subject = claims.getIssuer() + " " + claims.getSubject();
    if (subject.length() > LONGEST_SUBJECT || subject.chars().anyMatch(Character::isISOControl)) {
      throw new SsoFailure(SsoRefusal.TOKEN, "the subject is too long or has control characters");
    }
    String email = Optional.ofNullable(claims.getStringClaim("email")).orElse("").strip();
    Object verified = claims.getClaim("email_verified");
    String name = Optional.ofNullable(claims.getStringClaim("name")).orElse(email).strip();
    return new Vouched(
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
   * The values of a claim: one text or several; dots lead into objects where nothing is so named.
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
