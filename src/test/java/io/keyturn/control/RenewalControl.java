package io.keyturn.control;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.Grantor;
import io.keyturn.audit.Actor;
import io.keyturn.network.Networks;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.renewal.IssuedRenewal;
import io.keyturn.renewal.Renewals;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;

/** What the page of the renewal credential does, as a POST of form parameters. */
@WebServlet("/test-control/renewal/*")
public class RenewalControl extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Actor TESTER = new Actor(Actor.Type.PERSON, null, "tester", "127.0.0.1");
  private static final Grantor ANYBODY = Grantor.anybody();

  @Inject private Organisations organisations;
  @Inject private Renewals renewals;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Organisation organisation =
        organisations.byDomain(request.getParameter("organisation")).orElseThrow();
    ApiKeyId key = new ApiKeyId(UUID.fromString(request.getParameter("key")));
    response.setContentType("application/json");
    response.getWriter().print(run(request, organisation.id(), key));
  }

  private JsonObject run(HttpServletRequest request, OrganisationId organisation, ApiKeyId key) {
    return switch (request.getPathInfo()) {
      case "/on" -> view(renewals.switchOn(organisation, key, networks(request), ANYBODY, TESTER));
      case "/replace" -> view(renewals.replace(organisation, key, ANYBODY, TESTER));
      case "/limit" -> {
        renewals.limit(organisation, key, networks(request), TESTER);
        yield JsonObject.EMPTY_JSON_OBJECT;
      }
      case "/off" -> {
        renewals.switchOff(organisation, key, TESTER);
        yield JsonObject.EMPTY_JSON_OBJECT;
      }
      default -> throw new IllegalArgumentException(request.getPathInfo());
    };
  }

  private static Networks networks(HttpServletRequest request) {
    return Networks.parse(request.getParameter("networks"));
  }

  private static JsonObject view(IssuedRenewal issued) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    return json.add("client_id", issued.clientId().toString())
        .add("client_secret", issued.clientSecret().reveal())
        .build();
  }
}
