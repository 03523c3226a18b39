package io.keyturn.support;

import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.ClientCredentialsTokenRequest;
import com.google.api.client.auth.oauth2.ClientParametersAuthentication;
import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.auth.oauth2.TokenResponse;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;

/**
 * Google's OAuth client library, by the body. Its {@link Credential} keeps the token, reads the
 * clock that it is given, and fetches again when a minute is left. Its second try after a 401 is
 * not used, so that a failed request counts.
 */
public final class GoogleClient implements OAuthClient {
  private static final HttpTransport TRANSPORT = new NetHttpTransport();
  private static final JsonFactory JSON = GsonFactory.getDefaultInstance();

  private final RenewalClient client;
  private final Credential credential;
  private int fetched;

  public GoogleClient(RenewalClient client, InstantSource clock) {
    this.client = client;
    Credential.Builder builder =
        new Credential.Builder(BearerToken.authorizationHeaderAccessMethod())
            .setTransport(TRANSPORT)
            .setJsonFactory(JSON)
            .setTokenServerUrl(new GenericUrl(client.endpoint()))
            .setClientAuthentication(
                new ClientParametersAuthentication(client.id(), client.secret()))
            .setClock(clock::millis);
    credential = new ByClientCredentials(builder);
  }

  /** The library has this grant type, but its credential asks by refresh token unless told. */
  private final class ByClientCredentials extends Credential {
    ByClientCredentials(Builder builder) {
      super(builder);
    }

    @Override
    protected TokenResponse executeRefreshToken() throws IOException {
      fetched++;
      return new ClientCredentialsTokenRequest(TRANSPORT, JSON, new GenericUrl(client.endpoint()))
          .setClientAuthentication(getClientAuthentication())
          .execute();
    }
  }

  @Override
  public int get(URI address) throws IOException {
    HttpRequest request = TRANSPORT.createRequestFactory().buildGetRequest(new GenericUrl(address));
    request.setInterceptor(credential).setThrowExceptionOnExecuteError(false);
    HttpResponse response = request.execute();
    try {
      return response.getStatusCode();
    } finally {
      response.disconnect();
    }
  }

  @Override
  public String token() {
    return String.valueOf(credential.getAccessToken());
  }

  @Override
  public int fetched() {
    return fetched;
  }
}
