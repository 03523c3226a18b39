package io.keyturn.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import org.junit.jupiter.api.Test;

class MetadataServletTest {

  @Test
  void anotherOnesLibraryReadsTheMetadata() throws Exception {
    AuthorizationServerMetadata metadata =
        AuthorizationServerMetadata.parse(
            MetadataServlet.metadata("https://demo.example.com").toString());

    assertThat(metadata.getIssuer().getValue()).isEqualTo("https://demo.example.com");
    assertThat(metadata.getTokenEndpointURI())
        .hasToString("https://demo.example.com/api/v1/oauth/token");
    assertThat(metadata.getGrantTypes()).containsExactly(GrantType.CLIENT_CREDENTIALS);
    assertThat(metadata.getTokenEndpointAuthMethods())
        .containsExactly(
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
            ClientAuthenticationMethod.CLIENT_SECRET_POST);
    assertThat(metadata.getIntrospectionEndpointAuthMethods())
        .extracting(ClientAuthenticationMethod::getValue)
        .containsExactly("client_secret_basic", "client_secret_post", "Bearer");
    assertThat(metadata.getScopes().toStringList()).contains("suppliers:read", "keys:verify");
  }

  /** RFC 8414 §3.2: validating libraries refuse empty arrays. */
  @Test
  void whatHasNoElementsIsLeftOut() {
    assertThat(MetadataServlet.metadata("https://demo.example.com").toString())
        .doesNotContain("[]", "response_types_supported");
  }
}
