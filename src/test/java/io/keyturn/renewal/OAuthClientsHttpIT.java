package io.keyturn.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Eventually;
import io.keyturn.support.GoogleClient;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.NimbusClient;
import io.keyturn.support.OAuthClient;
import io.keyturn.support.RenewalClient;
import io.keyturn.support.SpringClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OAuth 2.0 client libraries that others wrote live through the refresh with no code of ours. */
class OAuthClientsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final URI ME = SERVER.uri("/api/v1/me");

  private final Control control = SERVER.control();

  static Stream<Named<BiFunction<RenewalClient, InstantSource, OAuthClient>>> libraries() {
    return Stream.of(
        Named.of("Nimbus OAuth 2.0 SDK", NimbusClient::new),
        Named.of("Google OAuth Client", GoogleClient::new),
        Named.of("Spring Security", SpringClient::new));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void libraryFetchesTheSecretAndCallsWithIt(
      BiFunction<RenewalClient, InstantSource, OAuthClient> library) throws Exception {
    OAuthClient client = library.apply(RenewalClient.of(SERVER, control.key()), control::now);

    assertThat(client.get(ME)).isEqualTo(200);
    assertThat(client.get(ME)).isEqualTo(200);
    assertThat(client.fetched()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void libraryFetchesAgainByItselfBeforeItsSecretDies(
      BiFunction<RenewalClient, InstantSource, OAuthClient> library) throws Exception {
    OAuthClient client = library.apply(RenewalClient.of(SERVER, control.key()), control::now);
    assertThat(client.get(ME)).isEqualTo(200);
    for (int hour = 0; hour < 60; hour++) {
      control.turn(Duration.ofHours(1));
      control.refreshDue();
      assertThat(client.get(ME)).as("hour " + hour).isEqualTo(200);
    }

    assertThat(client.fetched()).as("once an hour").isBetween(58, 61);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void libraryHasTheNewSecretWithinAnHourAfterARefreshThatNobodyForesaw(
      BiFunction<RenewalClient, InstantSource, OAuthClient> library) throws Exception {
    Control.Key key = control.key();
    OAuthClient client = library.apply(RenewalClient.of(SERVER, key), control::now);
    assertThat(client.get(ME)).isEqualTo(200);
    control.refresh(key, Duration.ZERO);
    Eventually.within1s(() -> assertThat(SERVER.api().me(key.secret()).status()).isEqualTo(401));

    control.turn(Duration.ofHours(1));

    assertThat(client.get(ME)).isEqualTo(200);
  }

  @Test
  void metadataIsWhereTheNimbusSdkLooksForIt() throws Exception {
    assertThat(
            com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata.resolve(
                    new com.nimbusds.oauth2.sdk.id.Issuer(SERVER.uri("").toString()))
                .getTokenEndpointURI())
        .isEqualTo(SERVER.uri("/api/v1/oauth/token"));
  }
}
