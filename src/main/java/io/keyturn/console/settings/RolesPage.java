package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.console.FieldFaults;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.RoleRow;
import io.keyturn.user.Roles;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;
import org.primefaces.PrimeFaces;

/** {@code /settings/roles}: the built-in roles and the organisation's own. */
@Named
@ViewScoped(saveInViewState = true)
public class RolesPage extends PageState {
  private static final long serialVersionUID = 1L;

  @Inject private transient Roles roles;
  @Inject private transient CurrentUser current;
  @Inject private transient FieldFaults faults;

  private final Listing<RoleRow> list = new Listing<>("/settings/roles");
  private boolean editing;
  private @Nullable UUID edited;
  private @Nullable UUID chosen;
  private String chosenName = "";
  private String name = "";
  private Map<String, Boolean> checked = new HashMap<>();

  /** The roles that the page shows; none for a person who may not see roles. */
  public List<RoleRow> getRoles() {
    current.require(Scope.USERS_READ);
    OrganisationId organisation = current.organisation().id();
    return list.rows((search, first, most) -> roles.slice(organisation, search, first, most));
  }

  /** The part of the list that the page shows. */
  public Listing<RoleRow> getList() {
    return list;
  }

  public boolean isManage() {
    return current.may(Scope.ROLES_MANAGE);
  }

  /** Whether the person signed in may change this role. */
  public boolean manages(RoleRow role) {
    return isManage() && !role.builtIn() && current.get().role().covers(role.scopes());
  }

  /** The permissions as a tree: by module. */
  public List<Map.Entry<String, List<Scope>>> getModules() {
    return List.copyOf(Scope.byModule(EnumSet.allOf(Scope.class)).entrySet());
  }

  /** Whether the person signed in may give this permission to others. */
  public boolean gives(Scope scope) {
    return current.may(scope);
  }

  /** The button <b>New Role</b>. */
  public void begin() {
    edit(null, "", Set.of());
  }

  /** The button <b>Change</b>. */
  public void change() {
    attempt(
        () -> {
          RoleRow role = pressed();
          edit(role.id(), role.name(), role.scopes());
        });
  }

  private RoleRow pressed() {
    current.require(Scope.USERS_READ);
    return roles.get(current.organisation().id(), PressedRow.id("role"));
  }

  private void edit(@Nullable UUID role, String oldName, Set<Scope> scopes) {
    editing = true;
    edited = role;
    name = oldName;
    checked = new HashMap<>();
    scopes.forEach(scope -> checked.put(scope.code(), true));
  }

  /** The button <b>Cancel</b>. */
  public void cancel() {
    editing = false;
  }

  /** The button <b>Save Role</b>. */
  public void save() {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    checked.forEach(
        (code, on) -> {
          if (on) {
            Scope.of(code).ifPresent(scopes::add);
          }
        });
    UUID role = edited;
    attempt(
        () -> {
          if (role == null) {
            roles.create(name, scopes, current.actor());
          } else {
            roles.change(role, name, scopes, current.actor());
          }
          Messages.success(faces(), "The role \"%s\" was saved.", name.strip());
          editing = false;
        });
  }

  /** Opens the dialog for a row. */
  public void choose() {
    chosen = null;
    attempt(
        () -> {
          RoleRow role = pressed();
          chosen = role.id();
          chosenName = role.name();
        });
  }

  /** The button <b>Delete</b> of the dialog. */
  public void delete() {
    UUID role = chosen;
    if (role == null) {
      Messages.notChosen(faces());
    } else {
      attempt(
          () -> {
            roles.delete(role, current.actor());
            Messages.success(faces(), "The role \"%s\" was deleted.", chosenName);
          });
    }
  }

  private void attempt(Runnable action) {
    try {
      current.require(Scope.ROLES_MANAGE);
      action.run();
    } catch (ProblemException e) {
      Optional<String> wrongName = e.messageAt("name");
      Optional<String> wrongScopes = e.messageAt("scopes");
      wrongName.ifPresent(message -> Messages.atField(faces(), "editor:name", message));
      wrongScopes.ifPresent(message -> faults.add("scopes", "The role", message));
      if (wrongName.isEmpty() && wrongScopes.isEmpty()) {
        Messages.failure(faces(), e.detail());
        PrimeFaces.current().ajax().update("roles:table");
      }
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  /** Whether a role is being created or changed. */
  public boolean isEditing() {
    return editing;
  }

  /** Whether the role being edited is a new role. */
  public boolean isNewcomer() {
    return edited == null;
  }

  public String getChosenName() {
    return chosenName;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** Which permissions are chosen, by code. */
  public Map<String, Boolean> getChecked() {
    return checked;
  }
}
