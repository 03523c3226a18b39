package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.event.EventType;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.user.signin.CurrentUser;
import io.keyturn.webhook.WebhookView;
import io.keyturn.webhook.Webhooks;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.omnifaces.cdi.ViewScoped;

/** {@code /settings/webhooks}: the addresses that are told of events. */
@Named
@ViewScoped(saveInViewState = true)
public class WebhooksPage extends PageState {
  private static final long serialVersionUID = 1L;

  @Inject private transient Webhooks webhooks;
  @Inject private transient CurrentUser current;
  @Inject private transient WebhookActs acts;

  private final Listing<WebhookView> list = new Listing<>("/settings/webhooks");
  private final EventChoices types = new EventChoices();
  private String url = "";
  private String description = "";
  private boolean creating;

  /** The webhooks that the page shows. */
  public List<WebhookView> getRows() {
    current.require(Scope.WEBHOOKS_READ);
    OrganisationId organisation = current.organisation().id();
    return list.rows((search, first, most) -> webhooks.slice(organisation, search, first, most));
  }

  /** The part of the list that the page shows. */
  public Listing<WebhookView> getList() {
    return list;
  }

  /** The button <b>New Webhook</b>: all types that the person may read are chosen. */
  public void begin() {
    creating = true;
    url = "";
    description = "";
    types.choose(
        EventType.within(current.get().role().scopes()).stream().map(EventType::code).toList());
  }

  /** The button <b>Cancel</b>. */
  public void cancel() {
    creating = false;
  }

  /** The button <b>Create Webhook</b>. */
  public void create() {
    acts.attempt(
        "create",
        () -> {
          Webhooks.WithSecret created =
              webhooks.create(
                  current.organisation().id(),
                  new Webhooks.Wish(url, description, types.codes(), true),
                  current.get().role().scopes(),
                  current.actor());
          creating = false;
          acts.handOver(created);
          Messages.success(
              FacesContext.getCurrentInstance(),
              "The webhook for %s was created. It is told of events from now on.",
              created.webhook().url());
        });
  }

  /** Whether the person may read what events of this type are about. */
  public boolean reads(EventType type) {
    return current.may(type.scope());
  }

  public boolean isManage() {
    return current.may(Scope.WEBHOOKS_MANAGE);
  }

  /** Whether a webhook is being created. */
  public boolean isCreating() {
    return creating;
  }

  public EventChoices getTypes() {
    return types;
  }

  public String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }

  /** Why a webhook is disabled. */
  public String why(WebhookView webhook) {
    return WebhookActs.why(webhook);
  }

  /** The types of a webhook as a few words. */
  public String told(WebhookView webhook) {
    int count = webhook.types().size();
    if (count == EventType.OF_FEED.size()) {
      return "all events";
    }
    return count <= 2
        ? String.join(", ", webhook.types())
        : webhook.types().get(0) + " and " + (count - 1) + " more";
  }

  /** What is said of an empty list. */
  public String getNone() {
    return list.isSearching()
        ? "No webhook matches this search."
        : "There is no webhook yet. A webhook tells another program of changes as they happen.";
  }
}
