package io.keyturn.renewal;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import io.keyturn.secret.Hmac;
import io.keyturn.secret.SecretDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The id and the secret that identify an OAuth 2.0 client (RFC 6749 §2.3.1): here a key's id, and
 * the secret of its renewal credential.
 */
public record ClientCredentials(String id, String secret) {
  private static final String BASIC = "Basic ";

  /**
   * The credentials cannot be read. The message is for the client and repeats nothing that was
   * sent.
   */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Whether an Authorization header is of the scheme Basic (RFC 7617). */
  public static boolean isBasic(String header) {
    return header.regionMatches(true, 0, BASIC, 0, BASIC.length());
  }

  /**
   * Reads the credentials: {@code client_secret_basic} or {@code client_secret_post}. Authorization
   * headers of other schemes are ignored.
   *
   * @param authorization the Authorization headers
   * @param form the body's parameters
   * @return nothing where the client does not identify itself
   * @throws Unreadable when they are malformed or given more than once
   */
  public static Optional<ClientCredentials> read(
      List<String> authorization, Map<String, String> form) throws Unreadable {
    List<String> basics = authorization.stream().filter(ClientCredentials::isBasic).toList();
    String posted = form.get("client_secret");
    if (basics.isEmpty()) {
      return Optional.ofNullable(posted)
          .map(secret -> new ClientCredentials(form.getOrDefault("client_id", ""), secret));
    }
    if (basics.size() > 1 || posted != null) {
      throw new Unreadable("The client must authenticate once: by HTTP Basic or in the body.");
    }
    ClientCredentials client = basic(basics.get(0));
    // Some clients repeat the id in the body. That is no second authentication.
    String repeated = form.get("client_id");
    if (repeated != null && !repeated.equals(client.id)) {
      throw new Unreadable("The request names two clients.");
    }
    return Optional.of(client);
  }

  /**
   * Reads an Authorization header of the scheme Basic.
   *
   * @throws Unreadable when it is malformed
   */
  public static ClientCredentials basic(String header) throws Unreadable {
    try {
      ClientSecretBasic basic =
          ClientSecretBasic.parse(BASIC + header.substring(BASIC.length()).strip());
      return new ClientCredentials(
          basic.getClientID().getValue(), basic.getClientSecret().getValue());
    } catch (ParseException | IllegalArgumentException e) {
      throw new Unreadable("The Authorization header is malformed.");
    }
  }

  /** A digest that identifies the credentials without revealing the secret. */
  public SecretDigest digest(Hmac hmac) {
    return new SecretDigest(
        hmac.ofParts(id.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8)));
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "ClientCredentials[" + id + "]";
  }
}
