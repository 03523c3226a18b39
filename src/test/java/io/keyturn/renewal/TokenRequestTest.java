package io.keyturn.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String GRANT = "grant_type=client_credentials";

  private static TokenRequest read(String body, String... authorization) {
    return TokenRequest.read(FORM, List.of(authorization), bytes(body));
  }

  private static TokenError refusal(String body, String... authorization) {
    return refusalOf(FORM, body, authorization);
  }

  private static TokenError refusalOf(@Nullable String type, String body, String... authorization) {
    return catchThrowableOfType(
            TokenRefusal.class, () -> TokenRequest.read(type, List.of(authorization), bytes(body)))
        .error();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void clientAuthenticatesByBasic() {
    TokenRequest request = read(GRANT, basic("id:secret"));

    assertThat(request.client().id()).isEqualTo("id");
    assertThat(request.client().secret()).isEqualTo("secret");
    assertThat(request.scopes()).isEmpty();
  }

  @Test
  void idAndSecretInBasicAreFormUrlDecoded() {
    TokenRequest request = read(GRANT, basic("a%3Ab+c:d%2Be:%C3%A9"));

    assertThat(request.client().id()).isEqualTo("a:b c");
    assertThat(request.client().secret()).isEqualTo("d+e:é");
  }

  @Test
  void clientAuthenticatesInTheBody() {
    TokenRequest request = read(GRANT + "&client_id=i%64&client_secret=se+cret");

    assertThat(request.client().id()).isEqualTo("id");
    assertThat(request.client().secret()).isEqualTo("se cret");
  }

  @Test
  void scopesStandWithSpacesBetween() {
    assertThat(read(GRANT + "&scope=suppliers:read+api-keys%3Aread", basic("i:s")).scopes())
        .containsExactly("suppliers:read", "api-keys:read");
    assertThat(read(GRANT + "&scope=", basic("i:s")).scopes()).isEmpty();
  }

  @Test
  void unknownParametersAreIgnored() {
    assertThat(read(GRANT + "&audience=x&resource=y", basic("i:s")).client().id()).isEqualTo("i");
  }

  @Test
  void charsetOfTheTypeDoesNotMatter() {
    assertThat(
            TokenRequest.read(
                    "Application/X-WWW-Form-Urlencoded;charset=UTF-8",
                    List.of("bAsIc " + basic("i:s").substring(6)),
                    bytes(GRANT))
                .client()
                .id())
        .isEqualTo("i");
  }

  @Test
  void bothWaysAtOnceAreAnInvalidRequest() {
    assertThat(refusal(GRANT + "&client_id=i&client_secret=s", basic("i:s")))
        .isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(refusal(GRANT + "&client_id=other", basic("i:s")))
        .isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(refusal(GRANT, basic("i:s"), basic("i:s"))).isEqualTo(TokenError.INVALID_REQUEST);
  }

  @Test
  void headersOfOtherSchemesAreForSomebodyElse() {
    String body = GRANT + "&client_id=i&client_secret=s";

    assertThat(read(body, "Negotiate YII=").client().secret()).isEqualTo("s");
    assertThat(read(body, "").client().secret()).isEqualTo("s");
    assertThat(read(GRANT, "Bearer x", basic("i:t")).client().secret()).isEqualTo("t");
  }

  @Test
  void idRepeatedInTheBodyIsNoSecondAuthentication() {
    assertThat(read(GRANT + "&client_id=i", basic("i:s")).client().id()).isEqualTo("i");
  }

  @Test
  void missingAuthenticationIsAnInvalidClient() {
    assertThat(refusal(GRANT)).isEqualTo(TokenError.INVALID_CLIENT);
    assertThat(refusal(GRANT + "&client_id=i")).isEqualTo(TokenError.INVALID_CLIENT);
    assertThat(refusal(GRANT, "Bearer x")).isEqualTo(TokenError.INVALID_CLIENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grant_type=", "client_id=i&client_secret=s", "grant_type", "&&="})
  void missingGrantTypeIsAnInvalidRequest(String body) {
    assertThat(refusal(body, basic("i:s"))).isEqualTo(TokenError.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization_code",
        "password",
        "refresh_token",
        "Client_Credentials",
        "client_credentials+"
      })
  void otherGrantTypesAreUnsupported(String type) {
    assertThat(refusal("grant_type=" + type, basic("i:s")))
        .isEqualTo(TokenError.UNSUPPORTED_GRANT_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GRANT + "&" + GRANT,
        GRANT + "&scope=a&scope=b",
        GRANT + "&x=1&%78=2",
        GRANT + "&scope=%zz",
        GRANT + "&scope=%",
        GRANT + "&scope=\u00ff"
      })
  void repeatedOrMalformedParametersAreAnInvalidRequest(String body) {
    assertThat(refusal(body, basic("i:s"))).isEqualTo(TokenError.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic ", "Basic §", "Basic aWQ="})
  void malformedBasicIsRefused(String header) {
    assertThat(refusal(GRANT, header)).isIn(TokenError.INVALID_REQUEST, TokenError.INVALID_CLIENT);
  }

  @Test
  void otherBodiesAreAnInvalidRequest() {
    assertThat(refusalOf(null, GRANT, basic("i:s"))).isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(refusalOf("application/json", "{}", basic("i:s")))
        .isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(refusal(GRANT + "&x=" + "x".repeat(9_000), basic("i:s")))
        .isEqualTo(TokenError.INVALID_REQUEST);
  }

  @Test
  void secretIsNotPrinted() {
    assertThat(read(GRANT, basic("id:secret")).toString()).doesNotContain("secret");
  }
}
