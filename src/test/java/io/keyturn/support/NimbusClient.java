package io.keyturn.support;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The Nimbus OAuth 2.0 SDK, by HTTP Basic. It keeps no tokens: this class adds the lifetime that
 * the SDK read to the time by its clock, and fetches again when half a minute is left.
 */
public final class NimbusClient implements OAuthClient {
  private static final int MARGIN = 30;

  private final RenewalClient credential;
  private final InstantSource clock;
  private @Nullable AccessToken token;
  private Instant until = Instant.MIN;
  private int fetched;

  public NimbusClient(RenewalClient credential, InstantSource clock) {
    this.credential = credential;
    this.clock = clock;
  }

  @Override
  public int get(URI address) throws Exception {
    AccessToken current = token;
    if (current == null || !until.isAfter(clock.instant().plusSeconds(MARGIN))) {
      Instant asked = clock.instant();
      current = fetch();
      token = current;
      until = asked.plusSeconds(current.getLifetime());
    }
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, address);
    request.setAuthorization(current.toAuthorizationHeader());
    return request.send().getStatusCode();
  }

  private AccessToken fetch() throws Exception {
    fetched++;
    TokenResponse response =
        TokenResponse.parse(
            new TokenRequest.Builder(
                    credential.endpoint(),
                    new ClientSecretBasic(
                        new ClientID(credential.id()), new Secret(credential.secret())),
                    new ClientCredentialsGrant())
                .build()
                .toHTTPRequest()
                .send());
    AccessTokenResponse success = response.toSuccessResponse();
    return success.getTokens().getAccessToken();
  }

  @Override
  public String token() {
    return token == null ? "" : token.getValue();
  }

  @Override
  public int fetched() {
    return fetched;
  }
}
