package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.Offboarding;
import io.keyturn.apikey.Offboarding.CreatedKey;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.http.Ids;
import io.keyturn.mail.Sent;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.People;
import io.keyturn.user.PersonRow;
import io.keyturn.user.RoleRow;
import io.keyturn.user.Roles;
import io.keyturn.user.invitation.IssuedLink;
import io.keyturn.user.invitation.LinkMail;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;
import org.primefaces.PrimeFaces;

/**
 * {@code /settings/users}: who is in the organisation, and with which role. A one-time link travels
 * in the answer to a POST only; it is kept neither in the view nor in the session.
 */
@Named
@ViewScoped(saveInViewState = true)
public class UsersPage extends PageState {
  private static final long serialVersionUID = 1L;

  @Inject private transient People people;
  @Inject private transient Roles roles;
  @Inject private transient Offboarding offboarding;
  @Inject private transient CurrentUser current;
  @Inject private transient LinkMail mail;
  @Inject private transient HttpServletRequest request;

  private String email = "";
  private String inviteRole = "";
  private String newRole = "";
  private String heir = "";
  private Map<String, Boolean> revoked = new HashMap<>();
  private @Nullable Chosen chosen;

  /**
   * The keys as they were when the dialog opened, because its checkboxes are identified by
   * position.
   */
  private List<CreatedKey> keys = List.of();

  private long moreKeys;
  private final Listing<PersonRow> list = new Listing<>("/settings/users");

  /** The row that a dialog is about. */
  private record Chosen(PersonId id, String email, boolean self, boolean tampered)
      implements Serializable {}

  /** The people that the page shows; none for a person who may not see people. */
  public List<PersonRow> getPeople() {
    current.require(Scope.USERS_READ);
    OrganisationId organisation = current.organisation().id();
    return list.rows((search, first, most) -> people.slice(organisation, search, first, most));
  }

  /** The part of the list that the page shows. */
  public Listing<PersonRow> getList() {
    return list;
  }

  public boolean isManage() {
    return current.may(Scope.USERS_MANAGE);
  }

  /** Whether the person signed in may change this person. */
  public boolean manages(PersonRow row) {
    return isManage() && current.get().role().covers(row.scopes());
  }

  /** Whether this is the person signed in. */
  public boolean isSelf(PersonRow row) {
    return row.id().equals(current.get().id());
  }

  /** The roles that the person signed in may give, and that open something to people. */
  public List<RoleRow> getRoles() {
    return roles.list(current.organisation().id()).stream()
        .filter(role -> role.scopes().stream().anyMatch(Scope::opensToPeople))
        .filter(role -> !role.tampered() && current.get().role().covers(role.scopes()))
        .toList();
  }

  /** The button <b>Invite</b>. */
  public void invite() {
    attempt(
        () -> {
          String address = email.strip();
          IssuedLink invited =
              people.invite(address, Ids.inPath("role", inviteRole), current.actor());
          email = "";
          hand(invited, "This invitation is for " + address + ".");
        });
  }

  /** The button <b>New Link</b>. */
  public void inviteAgain() {
    attempt(
        () -> {
          PersonRow row = pressed();
          hand(
              people.inviteAgain(row.id(), current.actor()),
              "This invitation is for " + row.email() + ". The previous link no longer works.");
        });
  }

  private PersonRow pressed() {
    current.require(Scope.USERS_READ);
    return people.get(current.organisation().id(), new PersonId(PressedRow.id("user")));
  }

  /** The button <b>Reactivate</b>. */
  public void reactivate() {
    attempt(
        () -> {
          PersonRow row = pressed();
          people.reactivate(row.id(), current.actor());
          Messages.success(faces(), "%s may sign in again.", row.email());
        });
  }

  /** Opens one of the dialogs for a row. */
  public void choose() {
    chosen = null;
    attempt(
        () -> {
          PersonRow row = pressed();
          chosen = new Chosen(row.id(), row.email(), isSelf(row), row.tampered());
          keys = offboarding.createdBy(current.organisation().id(), row.id());
          moreKeys =
              offboarding.countCreatedBy(current.organisation().id(), row.id()) - keys.size();
          newRole = row.roleId().toString();
          heir = current.get().id().toString();
          revoked = new HashMap<>();
        });
  }

  /** The button <b>Withdraw</b> or <b>Remove</b> of the dialog. */
  public void withdraw() {
    onChosen(
        row -> {
          if (row.tampered()) {
            people.removeTampered(row.id(), current.actor());
            Messages.success(faces(), "%s was removed. Invite this person again.", row.email());
            return;
          }
          people.withdraw(row.id(), current.actor());
          Messages.success(faces(), "The invitation of %s was withdrawn.", row.email());
        });
  }

  /** The button <b>Reset Password</b> of the dialog. */
  public void resetPassword() {
    onChosen(
        row ->
            hand(
                people.resetPassword(row.id(), current.actor()),
                "With this link " + row.email() + " chooses a new password."));
  }

  /** The button <b>Change Role</b> of the dialog. */
  public void changeRole() {
    onChosen(
        row -> {
          people.changeRole(row.id(), Ids.inPath("role", newRole), current.actor());
          Messages.success(faces(), "%s has a new role.", row.email());
        });
  }

  /** The button <b>Deactivate</b> of the dialog. */
  public void deactivate() {
    onChosen(
        row -> {
          Set<ApiKeyId> toRevoke =
              revoked.entrySet().stream()
                  .filter(Map.Entry::getValue)
                  .map(e -> new ApiKeyId(Ids.inPath("API key", e.getKey())))
                  .collect(Collectors.toSet());
          PersonId taker = heir.isEmpty() ? null : new PersonId(Ids.inPath("user", heir));
          offboarding.deactivate(
              current.organisation().id(), row.id(), toRevoke, taker, current.actor());
          if (row.self()) {
            current.signOut();
            FacesContext faces = faces();
            faces
                .getApplication()
                .getNavigationHandler()
                .handleNavigation(faces, null, "/login?faces-redirect=true");
          } else {
            Messages.success(
                faces(), "%s was deactivated and is signed out everywhere.", row.email());
          }
        });
  }

  private void onChosen(java.util.function.Consumer<Chosen> action) {
    Chosen row = chosen;
    if (row == null) {
      Messages.notChosen(faces());
    } else {
      attempt(() -> action.accept(row));
    }
  }

  /**
   * Sends the link by mail where mail works. Otherwise a dialog shows it to the administrator, who
   * passes it on.
   */
  private void hand(IssuedLink invited, String what) {
    Sent sent = mail.send(invited, current.get().email(), request);
    if (sent == Sent.SENT) {
      Messages.success(faces(), "A mail with a link was sent to %s.", invited.email());
      return;
    }
    PrimeFaces.current()
        .ajax()
        .addCallbackParam("link", "/invitation?token=" + invited.token().reveal());
    PrimeFaces.current()
        .ajax()
        .addCallbackParam("about", Messages.translate(faces(), what + " " + sent.sentence()));
  }

  private void attempt(Runnable action) {
    try {
      current.require(Scope.USERS_MANAGE);
      action.run();
    } catch (ProblemException e) {
      Optional<String> wrongEmail = e.messageAt("email");
      if (wrongEmail.isPresent()) {
        Messages.atField(faces(), "invite:email", wrongEmail.get());
      } else if (e.messageAt("heir").isPresent()) {
        String message = "Choose the person who takes over the API keys, or revoke all of them.";
        if (getKeys().isEmpty()) {
          // The dialog was opened before the person had keys, and has no field.
          Messages.failure(faces(), message);
        } else {
          Messages.atField(faces(), "deactivate:heir", message);
        }
      } else {
        Messages.failure(faces(), e.detail());
        PrimeFaces.current().ajax().update("users:table");
      }
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  /** The address of the person that the open dialog is about. */
  public String getChosenEmail() {
    return chosen == null ? "" : chosen.email();
  }

  /** Whether the open dialog is about a user whom somebody else has changed in the database. */
  public boolean isChosenTampered() {
    return chosen != null && chosen.tampered();
  }

  /** Whether the open dialog is about the person signed in. */
  public boolean isChosenSelf() {
    return chosen != null && chosen.self();
  }

  /** The keys of the person that the open dialog is about. */
  public List<CreatedKey> getKeys() {
    return chosen == null ? List.of() : keys;
  }

  /** How many more keys that person has. */
  public long getMoreKeys() {
    return moreKeys;
  }

  /** The people to whom the keys of the person in the open dialog can be handed over. */
  public List<PersonRow> getHeirs() {
    return people.active(current.organisation().id()).stream()
        .filter(p -> chosen == null || !p.id().equals(chosen.id()))
        .toList();
  }

  /** Whether the person signed in may revoke keys. */
  public boolean isRevoking() {
    return current.may(Scope.API_KEYS_MANAGE);
  }

  public String getEmail() {
    return email;
  }

  public void setEmail(String email) {
    this.email = email;
  }

  /** The role of an invitation; <i>Viewer</i> until somebody chooses another. */
  public String getInviteRole() {
    return inviteRole.isEmpty()
        ? getRoles().stream()
            .filter(r -> r.builtIn() && r.name().equals("Viewer"))
            .findFirst()
            .map(r -> r.id().toString())
            .orElse("")
        : inviteRole;
  }

  public void setInviteRole(String role) {
    this.inviteRole = role;
  }

  public String getNewRole() {
    return newRole;
  }

  public void setNewRole(String role) {
    this.newRole = role;
  }

  public String getHeir() {
    return heir;
  }

  public void setHeir(String heir) {
    this.heir = heir;
  }

  /** Which keys to revoke, by id. */
  public Map<String, Boolean> getRevoked() {
    return revoked;
  }
}
