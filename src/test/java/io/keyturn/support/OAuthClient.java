package io.keyturn.support;

import java.net.URI;

/**
 * An integration that holds a renewal credential and calls the API through an OAuth 2.0 library
 * that others wrote. When to fetch the next token is decided by the library, or by whoever uses it
 * as its documents say; never by an answer 401.
 */
public interface OAuthClient {

  /** GETs an address with the token that it has, or fetches one first; answers the status. */
  public int get(URI address) throws Exception;

  /** The token that it has. */
  public String token();

  /** How many tokens were fetched. */
  public int fetched();
}
