package io.keyturn;

import com.nimbusds.oauth2.sdk.TokenRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import okhttp3.mockwebserver.MockResponse;

/** A provider of OpenID Connect on a loopback port, which says of people what the test wants. */
final class TestProvider {
  static final String SECRET = "secret-of-the-oidc-client-0123456789";

  private static final String ISSUER = "keyturn";
  private final MockOAuth2Server server = new MockOAuth2Server();

  TestProvider() {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  String issuer() {
    return server.issuerUrl(ISSUER).toString();
  }

  /**
   * Answers the next request, which must be for a token, with an ID token of these claims.
   *
   * @param lifetime of the token, from now on
   */
  void answers(Map<String, Object> claims, Duration lifetime) {
    String token = server.anyToken(server.issuerUrl(ISSUER), claims, lifetime).serialize();
    server.enqueueResponse(
        new MockResponse()
            .setHeader("Content-Type", "application/json")
            .setBody(
                "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}"
                    .formatted(token)));
  }

  /** Who comes next. */
  Person next() {
    return new Person();
  }

  /** What the next ID token says. */
  final class Person implements OAuth2TokenCallback {
    private final Map<String, Object> claims = new HashMap<>();
    private String subject = UUID.randomUUID().toString();

    Person subject(String other) {
      subject = other;
      return this;
    }

    Person email(String email) {
      claims.put("email", email);
      claims.put("email_verified", true);
      return this;
    }

    Person claim(String name, Object value) {
      claims.put(name, value);
      return this;
    }

    Person roles(String... roles) {
      return claim("roles", List.of(roles));
    }

    /** From now on; for one sign-in. */
    void comes() {
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
