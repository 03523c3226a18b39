package io.keyturn.user.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderConfigurationRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID Connect provider: builds the address of its sign-in page and exchanges its codes for
 * ID tokens. The provider's metadata are read at the first sign-in and then every hour.
 */
@ApplicationScoped
class Provider {
  private static final int CONNECT_MILLIS = 5000;
  private static final int READ_MILLIS = 5000;
  private static final int LARGEST_KEYS = 200_000;
  private static final Duration BELIEVED = Duration.ofHours(1);

  /**
   * Signature algorithms with a private key. {@code none} and algorithms with the client's secret
   * are refused.
   */
  private static final Set<JWSAlgorithm> SIGNATURES =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OidcSettings settings = OidcSettings.load();
  @Inject private Clock clock;
  @Inject private ProviderCalls calls;
  private volatile @Nullable Known known;

  private record Known(
      OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant until) {}

  OidcSettings settings() {
    return settings;
  }

  /** The address of the provider's sign-in page. */
  URI signInAddress(PendingSignIn pending) throws SsoFailure {
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                Scope.parse(settings.scopes()),
                new ClientID(settings.clientId()),
                URI.create(pending.redirectUri()))
            .endpointURI(ask(this::known).metadata().getAuthorizationEndpointURI())
            .state(new State(pending.state()))
            .nonce(new Nonce(pending.nonce()))
            .codeChallenge(new CodeVerifier(pending.codeVerifier()), CodeChallengeMethod.S256);
    // The library's constant is not used, because it is written with the machine's locale.
    return (pending.forcePassword() ? request.customParameter("prompt", "login") : request)
        .build()
        .toURI();
  }

  /** Whether the issuer in an answer (RFC 9207) is this provider. */
  boolean isIssuer(String issuer) {
    return settings.issuer().map(issuer::equals).orElse(false);
  }

  /** Exchanges a code for an ID token, and verifies the token. */
  IDTokenClaimsSet claims(String code, PendingSignIn pending) throws SsoFailure {
    return ask(() -> claims(known(), code, pending));
  }

  private <T> T ask(ProviderCalls.Question<T> question) throws SsoFailure {
    try {
      return calls.ask(question);
    } catch (FaultToleranceException e) {
      throw new SsoFailure(
          SsoRefusal.UNREACHABLE,
          "the provider did not answer lately, or too many requests wait for it");
    }
  }

  private IDTokenClaimsSet claims(Known provider, String code, PendingSignIn pending)
      throws SsoFailure {
    JWT token = idToken(provider, code, pending);
    IDTokenValidator validator =
        new IDTokenValidator(
            new Issuer(settings.issuer().orElseThrow()),
            new ClientID(settings.clientId()),
            new JWSVerificationKeySelector<>(SIGNATURES, provider.keys()),
            null);
    try {
      return forUsAlone(validator.validate(token, new Nonce(pending.nonce())));
    } catch (BadJOSEException e) {
      throw new SsoFailure(SsoRefusal.TOKEN, "the ID token was refused: " + e.getMessage());
    } catch (JOSEException e) {
      throw SsoFailure.unreachable(e, "the ID token could not be verified: " + e.getMessage());
    }
  }

  /**
   * Refuses a token that was issued to another client, or to this client and others. Another holder
   * of such a token could send it here (OpenID Connect Core §3.1.3.7, 3 to 5).
   */
  private IDTokenClaimsSet forUsAlone(IDTokenClaimsSet claims) throws SsoFailure {
    String client = settings.clientId();
    List<String> audience = claims.getAudience().stream().map(Audience::getValue).toList();
    if (!audience.equals(List.of(client))) {
      throw new SsoFailure(
          SsoRefusal.TOKEN, "the ID token was refused: it has another audience than this client");
    }
    AuthorizedParty party = claims.getAuthorizedParty();
    if (party != null && !party.getValue().equals(client)) {
      throw new SsoFailure(SsoRefusal.TOKEN, "the ID token was refused: its azp is another client");
    }
    return claims;
  }

  private JWT idToken(Known provider, String code, PendingSignIn pending) throws SsoFailure {
    TokenRequest request =
        new TokenRequest.Builder(
                provider.metadata().getTokenEndpointURI(),
                authentication(provider.metadata()),
                new AuthorizationCodeGrant(
                    new AuthorizationCode(code),
                    URI.create(pending.redirectUri()),
                    new CodeVerifier(pending.codeVerifier())))
            .build();
    try {
      TokenResponse response = OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
      if (!response.indicatesSuccess()) {
        throw new SsoFailure(
            SsoRefusal.TOKEN,
            "the token endpoint answered " + response.toErrorResponse().getErrorObject().getCode());
      }
      JWT token =
          ((com.nimbusds.openid.connect.sdk.OIDCTokenResponse) response.toSuccessResponse())
              .getOIDCTokens()
              .getIDToken();
      if (token == null) {
        throw new SsoFailure(SsoRefusal.TOKEN, "the token endpoint answered no ID token");
      }
      return token;
    } catch (ParseException e) {
      throw new SsoFailure(SsoRefusal.TOKEN, "the token endpoint's answer cannot be read");
    }
  }

  /** HTTP Basic, unless the provider accepts the secret in the body only. */
  private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
    ClientID client = new ClientID(settings.clientId());
    Secret secret = new Secret(settings.secret());
    List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    return methods != null
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        ? new ClientSecretPost(client, secret)
        : new ClientSecretBasic(client, secret);
  }

  private Known known() throws SsoFailure {
    Known last = known;
    if (last != null && last.until().isAfter(clock.instant())) {
      return last;
    }
    Issuer issuer = new Issuer(settings.issuer().orElseThrow());
    try {
      HTTPResponse response = send(new OIDCProviderConfigurationRequest(issuer).toHTTPRequest());
      OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(response.getBodyAsJSONObject());
      if (!metadata.getIssuer().equals(issuer)
          || metadata.getAuthorizationEndpointURI() == null
          || metadata.getTokenEndpointURI() == null
          || metadata.getJWKSetURI() == null) {
        throw new SsoFailure(
            SsoRefusal.UNREACHABLE, "the metadata at the issuer's address names another issuer");
      }
      JWKSource<SecurityContext> keys =
          JWKSourceBuilder.create(
                  metadata.getJWKSetURI().toURL(),
                  new DefaultResourceRetriever(
                      CONNECT_MILLIS, READ_MILLIS, LARGEST_KEYS, true, trust()))
              .build();
      Known read = new Known(metadata, keys, clock.instant().plus(BELIEVED));
      known = read;
      return read;
    } catch (ParseException | MalformedURLException e) {
      throw new SsoFailure(
          SsoRefusal.UNREACHABLE, "the metadata at the issuer's address cannot be read");
    }
  }

  private static HTTPResponse send(HTTPRequest request) throws SsoFailure {
    request.setConnectTimeout(CONNECT_MILLIS);
    request.setReadTimeout(READ_MILLIS);
    request.setFollowRedirects(false);
    request.setSSLSocketFactory(trust());
    try {
      return request.send();
    } catch (IOException e) {
      throw SsoFailure.unreachable(
          e, request.getURI().getHost() + " does not answer: " + e.getClass().getSimpleName());
    }
  }

  /** The JVM's own certificate authorities. The server's default would be its own key store. */
  private static SSLSocketFactory trust() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
