package io.keyturn.apikey.rest;

import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.http.Versioned;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A key with its current secret, the answer to a creation or a refresh. */
@Schema(name = "IssuedSecret")
public record IssuedView(
    @Schema(name = "api_key") ApiKeyView apiKey,
    @Schema(description = "The secret. Store it like a password.") String secret)
    implements Versioned {

  @Override
  public int version() {
    return apiKey.version();
  }

  static IssuedView of(ApiKeyRow key, IssuedSecret issued) {
    return new IssuedView(ApiKeyView.of(key), issued.secret().reveal());
  }
}
