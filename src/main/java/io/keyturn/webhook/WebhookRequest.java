package io.keyturn.webhook;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.audit.Actor;
import io.keyturn.http.ClientAddress;
import io.keyturn.organisation.OrganisationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/** What the resources of webhooks know of a request. */
@ApplicationScoped
class WebhookRequest {
  @Inject private CurrentCaller current;
  @Inject private Webhooks webhooks;
  @Inject private HttpServletRequest request;

  Caller caller() {
    return current.get();
  }

  OrganisationId organisation() {
    return caller().organisationId();
  }

  /** The caller as the actor of an audit event. */
  Actor actor() {
    return Actor.of(caller(), ClientAddress.of(request));
  }

  /** The webhook with this id in the path, where the caller may see it. */
  UUID webhook(String id) {
    return webhooks.visible(caller(), id);
  }
}
