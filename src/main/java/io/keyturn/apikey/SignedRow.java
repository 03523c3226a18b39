package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * What a verification trusts of the rows of a credential and its key, and the MAC over it. A row of
 * a key with scopes only is signed as before restrictions existed, so that nodes of that version
 * still accept it. They refuse all other rows, because they would not enforce the restrictions.
 */
public record SignedRow(
    OrganisationId organisationId,
    ApiKeyId apiKeyId,
    int number,
    boolean retired,
    KeyGrant granted,
    byte[] digest,
    Instant acceptedUntil) {

  /** Whether this is the MAC of exactly these facts; compared in constant time. */
  public boolean genuine(Hmac hmac, byte[] mac) {
    return MessageDigest.isEqual(mac(hmac), mac)
        || (granted.couldBeOld() && MessageDigest.isEqual(hmac.ofParts(facts(), digest), mac));
  }

  byte[] mac(Hmac hmac) {
    return granted.scopesOnly()
        ? hmac.ofParts(facts(), digest)
        : hmac.ofParts(facts(), digest, granted.restrictionBytes());
  }

  private byte[] facts() {
    return String.join(
            "|",
            organisationId.toString(),
            apiKeyId.toString(),
            Integer.toString(number),
            retired ? "retired" : "current",
            granted.scopes(),
            acceptedUntil.toString())
        .getBytes(StandardCharsets.US_ASCII);
  }
}
