package io.keyturn.console;

import io.keyturn.config.Settings;
import io.keyturn.organisation.HostNames;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;

/** {@code /api-documentation}: choose the organisation, then try the API out. */
@Named
@RequestScoped
public class ApiDocumentationPage {
  @Inject private Organisations organisations;
  @Inject private HostNames hosts;
  @Inject private CurrentUser current;
  @Inject private HttpServletRequest request;
  @Inject private FacesContext faces;
  @Inject private SwaggerUi swaggerUi;

  private String domain = "";
  private String requested = "";
  private String organisation = "";

  /**
   * Finds the organisation that the address names. A person who has signed in sees their own
   * organisation at once.
   */
  public void open() {
    String named = hosts.label(request).orElse("");
    String own = current.find().map(user -> current.organisation().domain()).orElse("");
    domain = requested.isEmpty() ? (named.isEmpty() ? own : named) : hosts.label(requested);
    if (!requested.isEmpty() || !own.isEmpty()) {
      find().ifPresent(o -> organisation = o.name());
    }
  }

  /**
   * The button <b>Authenticate</b>: opens the documentation at the organisation's own host. A
   * person who has signed in stays at the host at which they did, because no other host knows their
   * session.
   */
  public void authenticate() throws IOException {
    Optional<Organisation> found = find();
    if (found.isPresent()) {
      String label = found.get().domain();
      boolean own =
          current.find().isPresent() && current.organisation().id().equals(found.get().id());
      String origin = own ? "" : hosts.origin(request, label).orElse("");
      faces.getExternalContext().redirect(origin + "/api-documentation?domain=" + label);
    }
  }

  private Optional<Organisation> find() {
    Optional<Organisation> found =
        Optional.of(hosts.label(domain))
            .filter(Settings::isLabel)
            .flatMap(organisations::byDomain)
            .filter(o -> !o.suspended());
    if (found.isEmpty()) {
      Messages.atField(
          faces,
          "domain-form:domain",
          domain.isBlank()
              ? "Enter the start of your platform domain, for example demo."
              : "There is no organisation with the domain \"" + domain.strip() + "\".");
    }
    return found;
  }

  /** The name of the organisation that was found, or nothing. */
  public String getOrganisation() {
    return organisation;
  }

  /** The folder of Swagger UI's files. */
  public String getSwaggerUi() {
    return swaggerUi.folder();
  }

  public String getDomain() {
    return domain;
  }

  public void setDomain(String domain) {
    this.domain = domain;
  }

  /** The domain in the address. */
  public String getRequested() {
    return requested;
  }

  public void setRequested(String requested) {
    this.requested = requested == null ? "" : requested;
  }
}
