package io.keyturn.support;

import com.nimbusds.oauth2.sdk.TokenRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import okhttp3.Headers;

/** A provider of OpenID Connect on a loopback port, which says of people what the test wants. */
public final class TestProvider {
  public static final String SECRET = "secret-of-the-oidc-client-0123456789";

  private static final String ISSUER = "keyturn";
  private final Queue<String> prepared = new ConcurrentLinkedQueue<>();
  private final MockOAuth2Server server = new MockOAuth2Server(new Prepared());

  public TestProvider() {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  public String issuer() {
    return server.issuerUrl(ISSUER).toString();
  }

  /**
   * Answers the next request for a token with an ID token of these claims.
   *
   * @param lifetime of the token, from now on
   */
  public void answers(Map<String, Object> claims, Duration lifetime) {
    String token = server.anyToken(server.issuerUrl(ISSUER), claims, lifetime).serialize();
    prepared.add(
        "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}".formatted(token));
  }

  /** Token requests, where an answer is prepared. */
  private final class Prepared implements Route {
    @Override
    public boolean match(OAuth2HttpRequest request) {
      return request.getUrl().encodedPath().endsWith("/token") && !prepared.isEmpty();
    }

    @Override
    public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
      Headers headers = Headers.of("Content-Type", "application/json");
      return new OAuth2HttpResponse(headers, 200, prepared.remove(), null);
    }
  }

  /** Who comes next. */
  public Person next() {
    return new Person();
  }

  /** What the next ID token says. */
  public final class Person implements OAuth2TokenCallback {
    private final Map<String, Object> claims = new HashMap<>();
    private String subject = UUID.randomUUID().toString();

    public Person subject(String other) {
      subject = other;
      return this;
    }

    public Person email(String email) {
      claims.put("email", email);
      claims.put("email_verified", true);
      return this;
    }

    public Person claim(String name, Object value) {
      claims.put(name, value);
      return this;
    }

    public Person roles(String... roles) {
      return claim("roles", List.of(roles));
    }

    /** From now on; for one sign-in. */
    public void comes() {
      server.enqueueCallback(this);
    }

    @Override
    public String issuerId() {
      return ISSUER;
    }

    @Override
    public String subject(TokenRequest request) {
      return subject;
    }

    @Override
    public String typeHeader(TokenRequest request) {
      return "JWT";
    }

    @Override
    public List<String> audience(TokenRequest request) {
      return List.of("keyturn");
    }

    @Override
    public Map<String, Object> addClaims(TokenRequest request) {
      return claims;
    }

    @Override
    public long tokenExpiry() {
      return 300;
    }
  }
}
