package io.keyturn.renewal;

/** A refusal of the token endpoint. Its description holds nothing that the client sent. */
final class TokenRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TokenError error;

  TokenRefusal(TokenError error, String description) {
    super(description, null, false, false);
    this.error = error;
  }

  TokenError error() {
    return error;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
