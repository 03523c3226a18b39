package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.console.FieldFaults;
import io.keyturn.console.Messages;
import io.keyturn.console.ReaderZone;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.signin.CurrentUser;
import io.keyturn.webhook.WebhookView;
import io.keyturn.webhook.Webhooks;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.time.Instant;
import org.primefaces.PrimeFaces;

/** What the pages of webhooks have in common: a problem becomes a message at its field. */
@RequestScoped
class WebhookActs {
  @Inject private CurrentUser current;
  @Inject private ReaderZone zone;
  @Inject private FieldFaults faults;

  /**
   * Does something that needs the right to manage webhooks.
   *
   * @param form the form that holds the fields
   */
  void attempt(String form, Runnable act) {
    FacesContext faces = FacesContext.getCurrentInstance();
    try {
      current.require(Scope.WEBHOOKS_MANAGE);
      act.run();
    } catch (ProblemException e) {
      for (FieldError error : e.errors()) {
        if (error.field().startsWith("types")) {
          faults.add(
              "types",
              error.message().equals(Webhooks.ALONE)
                  ? "The audit log tells of all events: choose it alone, or choose other events."
                  : "Choose at least one event.");
        } else {
          Messages.atField(faces, form + ":" + error.field(), error.message());
        }
      }
      if (e.errors().isEmpty()) {
        Messages.failure(faces, sentence(e));
      }
    }
  }

  /** What is said of a problem. Its detail speaks to keys where a scope is missing. */
  String sentence(ProblemException e) {
    Object scope = e.members().get("scope");
    if (e.type() == ProblemType.INSUFFICIENT_SCOPE && scope != null) {
      return "Your role does not allow this: "
          + Scope.of(scope.toString()).map(Scope::description).orElse(scope.toString())
          + ".";
    }
    if (e.members().get(Webhooks.PREVIOUS_UNTIL) instanceof Instant until) {
      return "The previous secret still counts until "
          + zone.minute(until)
          + ". Rotate with 0 hours to end it at once.";
    }
    return e.type() == ProblemType.PRECONDITION_FAILED
        ? "Nothing was saved: the webhook was changed meanwhile. Open the page again to see the"
            + " change."
        : e.detail();
  }

  /** Hands a signing secret to the browser, which shows it once. It is kept nowhere. */
  void handOver(Webhooks.WithSecret issued) {
    PrimeFaces.current().ajax().addCallbackParam("purpose", "once");
    PrimeFaces.current().ajax().addCallbackParam("secret", issued.secret());
  }

  /** Why a webhook is disabled; empty for a webhook that is enabled. */
  static String why(WebhookView webhook) {
    String because = webhook.disabledBecause();
    if (because == null) {
      return "";
    }
    return switch (because) {
      case "gone" -> "The receiver answered 410: it wants no more events.";
      case "failing" -> "No delivery was accepted for three days.";
      case "owner" -> "Its owner has ended, or may read none of its events.";
      default -> "A person or an API key disabled it.";
    };
  }
}
