package io.keyturn.verification;

import java.util.function.Function;

/** What the headers of a request hold as its secret: one text, none, or more than one. */
sealed interface SecretReading
    permits SecretReading.Text, Verification.Missing, Verification.Ambiguous {

  /** Verifies the text; where there is not one, that is the outcome. */
  Verification verifiedBy(Function<String, Verification> verification);

  /** One text, which may be a secret. */
  record Text(String text) implements SecretReading {
    @Override
    public Verification verifiedBy(Function<String, Verification> verification) {
      return verification.apply(text);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Text";
    }
  }
}
