package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.event.EventType;
import io.keyturn.http.Ids;
import io.keyturn.http.IfMatch;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.CurrentUser;
import io.keyturn.webhook.DeliveryHistory;
import io.keyturn.webhook.WebhookView;
import io.keyturn.webhook.Webhooks;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/** {@code /settings/webhook}: one webhook. */
@Named
@ViewScoped(saveInViewState = true)
public class WebhookPage extends PageState {
  private static final long serialVersionUID = 1L;
  private static final int MOST_HOURS = 168;

  @Inject private transient Webhooks webhooks;
  @Inject private transient DeliveryHistory history;
  @Inject private transient CurrentUser current;
  @Inject private transient WebhookActs acts;
  private transient @Nullable WebhookView webhook;

  private final EventChoices types = new EventChoices();
  private String id = "";
  private int version;
  private String url = "";
  private String description = "";
  private String overlap = "24";

  /** Reads the webhook that the address names. A webhook of another organisation is not found. */
  public void open() throws IOException {
    try {
      Ids.inPath("webhook", id);
      fill(getWebhook());
    } catch (ProblemException e) {
      refuse(e.type().status());
    }
  }

  /** Shows the webhook as it is now. */
  private void fill(WebhookView read) {
    webhook = read;
    version = read.version();
    url = read.url();
    description = read.description();
    types.choose(read.types());
  }

  /**
   * Performs an act that changes nothing of what the form holds, so that what was typed there
   * stays. A change of somebody else is still found when the form is saved.
   */
  void besideForm(Supplier<WebhookView> act) {
    webhook = null;
    int before = getWebhook().version();
    WebhookView now = act.get();
    webhook = now;
    version = version == before ? now.version() : version;
  }

  /** The webhook as it is now. */
  public WebhookView getWebhook() {
    current.require(Scope.WEBHOOKS_READ);
    WebhookView read = webhook;
    if (read == null) {
      read = webhooks.get(organisation(), uuid());
      webhook = read;
    }
    return read;
  }

  private OrganisationId organisation() {
    return current.organisation().id();
  }

  UUID uuid() {
    return UUID.fromString(id);
  }

  private Set<Scope> scopes() {
    return current.get().role().scopes();
  }

  /** The button <b>Save</b>. Only what was changed is checked against the person's rights. */
  public void save() {
    attempt(
        () -> {
          WebhookView before = getWebhook();
          List<String> wanted = types.codes();
          Webhooks.Wish wish =
              new Webhooks.Wish(
                  url.strip().equals(before.url()) ? null : url,
                  description.strip().equals(before.description()) ? null : description,
                  wanted.equals(before.types()) ? null : wanted,
                  null);
          IfMatch shown = new IfMatch(Optional.of(Set.of(Integer.toString(version))), false);
          fill(webhooks.change(organisation(), uuid(), shown, wish, scopes(), current.actor()));
          Messages.success(faces(), "The webhook was saved.");
        });
  }

  /** The button <b>Enable</b>. */
  public void enable() {
    turn(true, "The webhook is enabled. It is also told of what happened meanwhile.");
  }

  /** The button <b>Disable</b>. */
  public void disable() {
    turn(false, "The webhook is disabled. Nothing is sent until it is enabled again.");
  }

  private void turn(boolean on, String done) {
    attempt(
        () -> {
          besideForm(
              () ->
                  webhooks.change(
                      organisation(),
                      uuid(),
                      IfMatch.ANY,
                      new Webhooks.Wish(null, null, null, on),
                      scopes(),
                      current.actor()));
          Messages.success(faces(), done);
        });
  }

  /** The button <b>Send Test Event</b>. */
  public void test() {
    attempt(
        () -> {
          history.test(organisation(), uuid(), current.actor());
          Messages.success(
              faces(), "A test event is on its way. The answer appears below within seconds.");
        });
  }

  /** The button <b>Rotate</b> of the dialog. */
  public void rotate() {
    acts.attempt(
        "rotate",
        () -> {
          besideForm(
              () -> {
                Webhooks.WithSecret issued =
                    webhooks.rotateSecret(organisation(), uuid(), hours(overlap), current.actor());
                acts.handOver(issued);
                return issued.webhook();
              });
          Messages.success(
              faces(),
              getWebhook().previousSecretUntil() == null || hours(overlap).isZero()
                  ? "The signing secret was rotated. Only the new secret counts."
                  : "The signing secret was rotated. For now, both secrets count.");
        });
  }

  private static Duration hours(String text) {
    String number = text.strip();
    int hours = number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : MOST_HOURS + 1;
    if (hours > MOST_HOURS) {
      throw ProblemException.invalid("overlap", "must be 0 to " + MOST_HOURS + " hours");
    }
    return Duration.ofHours(hours);
  }

  /** The button <b>Delete</b> of the dialog. */
  public void delete() {
    attempt(
        () -> {
          webhooks.delete(organisation(), uuid(), current.actor());
          faces()
              .getApplication()
              .getNavigationHandler()
              .handleNavigation(faces(), null, "/settings/webhooks?faces-redirect=true");
        });
  }

  private void attempt(Runnable act) {
    webhook = null;
    acts.attempt("data", act);
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  public boolean isManage() {
    return current.may(Scope.WEBHOOKS_MANAGE);
  }

  /** Whether the person may read what events of this type are about. */
  public boolean reads(EventType type) {
    return current.may(type.scope());
  }

  /** Why it is disabled. */
  public String getWhy() {
    return WebhookActs.why(getWebhook());
  }

  public EventChoices getTypes() {
    return types;
  }

  public String getId() {
    return id;
  }

  public void setId(@Nullable String id) {
    this.id = id == null ? "" : id;
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

  /** How many hours both secrets count after a rotation. */
  public String getOverlap() {
    return overlap;
  }

  public void setOverlap(String overlap) {
    this.overlap = overlap;
  }
}
