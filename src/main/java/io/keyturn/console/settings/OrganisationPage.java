package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.console.Messages;
import io.keyturn.operator.OrganisationSettings;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** {@code /settings/organisation}: the organisation's name, and strict mode. */
@Named
@RequestScoped
public class OrganisationPage {
  @Inject private OrganisationSettings settings;
  @Inject private CurrentUser current;
  @Inject private FacesContext faces;

  private @Nullable String name;
  private @Nullable Boolean strict;

  /** The button <b>Save</b>. */
  public void save() {
    attempt(
        () -> {
          settings.rename(current.organisation().id(), getName(), current.actor());
          Messages.success(faces, "The name was saved.");
        });
  }

  /** The button <b>Switch On</b> of the dialog. */
  public void switchOn() {
    attempt(
        () -> {
          settings.strict(current.organisation().id(), true, current.actor());
          strict = true;
          Messages.success(
              faces, "Strict mode is on. The secrets that were kept have been destroyed.");
        });
  }

  /** The button <b>Switch Off</b> of the dialog. */
  public void switchOff() {
    attempt(
        () -> {
          settings.strict(current.organisation().id(), false, current.actor());
          strict = false;
          Messages.success(
              faces,
              "Strict mode is off. The secret of each key is kept from its next refresh on.");
        });
  }

  private void attempt(Runnable action) {
    try {
      current.require(Scope.ORGANISATION_MANAGE);
      action.run();
    } catch (ProblemException e) {
      e.messageAt("name")
          .ifPresentOrElse(
              wrong -> Messages.atField(faces, "form:name", wrong),
              () -> Messages.failure(faces, e.detail()));
    }
  }

  public String getName() {
    return name == null ? current.organisation().name() : name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getDomain() {
    return current.organisation().domain();
  }

  /** Whether strict mode is on. */
  public boolean isStrict() {
    return strict == null ? current.organisation().strict() : strict;
  }
}
