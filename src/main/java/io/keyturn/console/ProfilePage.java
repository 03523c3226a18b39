package io.keyturn.console;

import io.keyturn.access.Scope;
import io.keyturn.http.ClientAddress;
import io.keyturn.user.User;
import io.keyturn.user.Users;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** {@code /profile}: what people may know about themselves. */
@Named
@RequestScoped
public class ProfilePage {
  @Inject private CurrentUser current;
  @Inject private Users users;
  @Inject private HttpServletRequest request;

  public User getUser() {
    return current.get();
  }

  /** All permissions, grouped by module. */
  public List<Map.Entry<String, List<Scope>>> getModules() {
    return List.copyOf(Scope.byModule(EnumSet.allOf(Scope.class)).entrySet());
  }

  /** Whether the person has this permission. */
  public boolean may(Scope scope) {
    return current.may(scope);
  }

  /** The button <b>Sign out everywhere</b>: this session ends too. */
  public String signOutEverywhere() {
    users.endSessions(current.get().id(), ClientAddress.of(request));
    current.signOut();
    return "/login?faces-redirect=true";
  }
}
