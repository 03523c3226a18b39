package io.keyturn.console.settings;

import io.keyturn.console.Messages;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.user.signin.CurrentUser;
import io.keyturn.webhook.ClientCertificates;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * The client certificate on a webhook's page. It lives as long as a request, because what travels
 * with the page holds no private key.
 */
@Named
@RequestScoped
public class WebhookCertificate {
  @Inject private WebhookPage page;
  @Inject private ClientCertificates certificates;
  @Inject private CurrentUser current;
  @Inject private WebhookActs acts;

  private String chain = "";
  private String key = "";

  private OrganisationId organisation() {
    return current.organisation().id();
  }

  /** The button <b>Set Certificate</b>. */
  public void set() {
    acts.attempt(
        "certificate",
        () -> {
          page.besideForm(
              () -> certificates.set(organisation(), page.uuid(), chain, key, current.actor()));
          chain = "";
          Messages.success(
              FacesContext.getCurrentInstance(),
              "The client certificate was set. Send a test event to see whether the receiver takes"
                  + " it.");
        });
  }

  /** The button <b>Remove</b> of the dialog. */
  public void remove() {
    acts.attempt(
        "certificate",
        () -> {
          page.besideForm(() -> certificates.remove(organisation(), page.uuid(), current.actor()));
          Messages.success(
              FacesContext.getCurrentInstance(), "The client certificate was removed.");
        });
  }

  public String getChain() {
    return chain;
  }

  public void setChain(String chain) {
    this.chain = chain;
  }

  /** Never what was entered: a page does not show a private key again. */
  public String getKey() {
    return "";
  }

  public void setKey(String key) {
    this.key = key;
  }
}
