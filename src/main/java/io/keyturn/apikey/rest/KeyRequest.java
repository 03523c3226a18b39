package io.keyturn.apikey.rest;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.audit.Actor;
import io.keyturn.http.ClientAddress;
import io.keyturn.http.Ids;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** What each request about keys needs: the caller, and how to read requests and write answers. */
@RequestScoped
class KeyRequest {
  static final String ID = "The key's id.";
  static final String GONE = "The organisation has no such API key.";
  static final String ISSUED = "The key with its current secret.";

  @Inject private CurrentCaller current;
  @Inject private HttpServletRequest request;

  Caller caller() {
    return current.get();
  }

  OrganisationId organisation() {
    return caller().organisationId();
  }

  Set<Scope> scopes() {
    return caller().scopes();
  }

  /** The caller as the actor of an audit event. */
  Actor actor() {
    return Actor.of(caller(), ClientAddress.of(request));
  }

  /**
   * The id of a key in the path.
   *
   * @throws ProblemException 404 for a text that is no id
   */
  static ApiKeyId key(String id) {
    return new ApiKeyId(Ids.inPath("API key", id));
  }

  /** A key with its version as ETag. */
  static Response tagged(ApiKeyRow key) {
    return Response.ok(ApiKeyView.of(key)).build();
  }
}
