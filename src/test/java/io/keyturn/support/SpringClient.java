package io.keyturn.support;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.RestClient;

/**
 * Spring Security's client, by HTTP Basic. It keeps the token, and fetches again when a minute is
 * left. It reckons a token's end from the computer's own clock, which cannot be turned, and
 * compares it with the clock that it is given: here one that goes on from the computer's time of
 * the last fetch by as much as the turned clock has gone on since.
 */
public final class SpringClient implements OAuthClient {
  private static final Authentication NOBODY =
      new AnonymousAuthenticationToken(
          "key", "integration", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

  private final AuthorizedClientServiceOAuth2AuthorizedClientManager manager;
  private final RestClient http = RestClient.create();
  private final InstantSource turned;
  private Duration ahead;
  private int fetched;

  public SpringClient(RenewalClient credential, InstantSource turned) {
    this.turned = turned;
    this.ahead = aheadNow();
    ClientRegistration registration =
        ClientRegistration.withRegistrationId("keyturn")
            .clientId(credential.id())
            .clientSecret(credential.secret())
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .tokenUri(credential.endpoint().toString())
            .build();
    InMemoryClientRegistrationRepository registrations =
        new InMemoryClientRegistrationRepository(registration);
    RestClientClientCredentialsTokenResponseClient tokens =
        new RestClientClientCredentialsTokenResponseClient();
    ClientCredentialsOAuth2AuthorizedClientProvider provider =
        new ClientCredentialsOAuth2AuthorizedClientProvider();
    InstantSource clock = this::sinceFetch;
    provider.setClock(clock.withZone(ZoneOffset.UTC));
    provider.setAccessTokenResponseClient(
        request -> {
          fetched++;
          ahead = aheadNow();
          return tokens.getTokenResponse(request);
        });
    manager =
        new AuthorizedClientServiceOAuth2AuthorizedClientManager(
            registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
    manager.setAuthorizedClientProvider(provider);
  }

  private Duration aheadNow() {
    return Duration.between(Instant.now(), turned.instant());
  }

  /** The computer's time of the last fetch, gone on as the turned clock has. */
  private Instant sinceFetch() {
    return turned.instant().minus(ahead);
  }

  @Override
  public int get(URI address) {
    String token = token();
    return http.get()
        .uri(address)
        .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
        .exchange((request, response) -> response.getStatusCode().value());
  }

  /** The token that it has, or one that the library fetches now. */
  @Override
  public String token() {
    OAuth2AuthorizedClient client =
        manager.authorize(
            OAuth2AuthorizeRequest.withClientRegistrationId("keyturn").principal(NOBODY).build());
    if (client == null) {
      throw new IllegalStateException("not authorized");
    }
    return client.getAccessToken().getTokenValue();
  }

  @Override
  public int fetched() {
    return fetched;
  }
}
