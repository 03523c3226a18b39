package io.keyturn.console.settings;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Scope;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.Reading;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Page;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.CurrentUser;
import io.keyturn.webhook.DeliveryHistory;
import io.keyturn.webhook.WebhookDeliveryView;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/** The deliveries on a webhook's page. State and place stand in the address. */
@Named
@ViewScoped(saveInViewState = true)
public class WebhookSent extends PageState {
  private static final long serialVersionUID = 1L;
  private static final List<String> STATES = List.of("pending", "delivered", "failed");

  @Inject private transient WebhookPage page;
  @Inject private transient DeliveryHistory history;
  @Inject private transient CurrentUser current;
  @Inject private transient WebhookActs acts;

  private final Reading<Shown> reading = new Reading<>();
  private String state = "";
  private String cursor = "";

  /**
   * What the page shows of the deliveries.
   *
   * @param refused why it shows none; empty where it shows them
   */
  private record Shown(ListView<WebhookDeliveryView> part, String refused) {}

  private Shown shown() {
    current.require(Scope.WEBHOOKS_READ);
    return reading.get(this::read);
  }

  private Shown read() {
    try {
      return new Shown(
          history.page(
              current.organisation().id(),
              page.uuid(),
              state.isEmpty() ? null : state,
              current.get().role().scopes(),
              LocationLimit.NONE,
              new Paging(
                  Listing.ROWS,
                  cursor.isEmpty() ? null : Cursor.decode(cursor, DeliveryHistory.LIST),
                  false)),
          "");
    } catch (ProblemException e) {
      ListView<WebhookDeliveryView> nothing =
          new ListView<>(List.of(), new Page(Listing.ROWS, false, null, null));
      return new Shown(nothing, acts.sentence(e));
    }
  }

  /** The deliveries that the page shows, the newest first. */
  public List<WebhookDeliveryView> getRows() {
    return shown().part().data();
  }

  /** What is said where there are no deliveries. */
  public String getNone() {
    String refused = shown().refused();
    return refused.isEmpty() ? "There is no delivery here." : refused;
  }

  /** Whether an answer is to be expected within seconds, so that the page looks for it. */
  public boolean isExpecting() {
    return getRows().stream()
        .anyMatch(
            delivery ->
                delivery.state().equals("pending")
                    && delivery.attempts() == 0
                    && delivery.heldBecause() == null);
  }

  /** The states by which deliveries are filtered. */
  public List<String> getStates() {
    return STATES;
  }

  /** The address with a state switched on or, where it is on, off. */
  public String stateAddress(String wanted) {
    return address(wanted.equals(state) ? null : wanted, null);
  }

  public boolean isBehind() {
    return !cursor.isEmpty();
  }

  public String getFirstAddress() {
    return address(state.isEmpty() ? null : state, null);
  }

  /** The address of the next page; null on the last page. */
  public @Nullable String getNextAddress() {
    String next = shown().part().page().nextCursor();
    return next == null ? null : address(state.isEmpty() ? null : state, next);
  }

  private String address(@Nullable String wanted, @Nullable String place) {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("id", page.getId());
    parameters.put("state", wanted);
    parameters.put("cursor", place);
    return Listing.address("/settings/webhook", parameters);
  }

  /** The button <b>Send Again</b> of a delivery. */
  public void sendAgain() {
    acts.attempt(
        "deliveries",
        () -> {
          history.sendAgain(
              current.organisation().id(),
              page.uuid(),
              PressedRow.id("delivery"),
              current.get().role().scopes(),
              LocationLimit.NONE);
          Messages.success(
              FacesContext.getCurrentInstance(),
              "The event is sent again. The answer appears below within seconds.");
        });
  }

  /** What the receiver answered last, as a few words. */
  public String answer(WebhookDeliveryView delivery) {
    if (delivery.status() != null) {
      return delivery.status() + " after " + delivery.millis() + " ms";
    }
    String failure = delivery.failure();
    if (failure == null) {
      return "not sent yet";
    }
    return switch (failure) {
      case "owner_may_not_read" -> "Not sent: the webhook's owner may no longer read the event.";
      case "address_not_allowed" -> "The address is in a network to which webhooks may not go.";
      case "client_certificate_expired" -> "The client certificate has expired: set a new one.";
      case "unknown_host" -> "The host's name has no address.";
      case "no_connection" -> "The host accepts no connection.";
      case "tls" -> "The connection by TLS failed: look at the certificate.";
      case "internal_error" ->
          "Keyturn itself could not send it: the operator finds the reason in the server's log.";
      case "timeout" -> "There was no whole answer within 15 seconds.";
      default -> "The answer was not HTTP.";
    };
  }

  public String getState() {
    return state;
  }

  public void setState(@Nullable String state) {
    this.state = state == null ? "" : state;
  }

  public String getCursor() {
    return cursor;
  }

  public void setCursor(@Nullable String cursor) {
    this.cursor = cursor == null ? "" : cursor;
  }
}
