package io.keyturn.console;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.User;
import io.keyturn.user.signin.Authentication;
import io.keyturn.user.signin.CurrentUser;
import io.keyturn.user.signin.InitialPassword;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;

/** {@code /change-password} */
@Named
@RequestScoped
public class ChangePasswordPage {
  @Inject private Authentication authentication;
  @Inject private CurrentUser current;
  @Inject private InitialPassword initialPassword;
  @Inject private FacesContext faces;

  private String oldPassword = "";
  private String newPassword = "";
  private String repeated = "";

  public boolean isDue() {
    return current.get().passwordChangeDue();
  }

  /** Changes the password. This session stays; the person's other sessions end. */
  public void change() throws IOException {
    try {
      User user =
          authentication.changePassword(
              current.get(), oldPassword, newPassword, repeated, current.place());
      initialPassword.forget(user.email());
      current.signIn(user);
      faces.getExternalContext().redirect(Navigation.home(current));
    } catch (ProblemException e) {
      for (FieldError error : e.errors()) {
        Messages.atField(faces, "form:" + error.field(), error.message());
      }
      if (e.errors().isEmpty()) {
        Messages.failure(faces, e.detail());
      }
    }
  }

  public String getOldPassword() {
    return "";
  }

  public void setOldPassword(String password) {
    this.oldPassword = password;
  }

  public String getNewPassword() {
    return "";
  }

  public void setNewPassword(String password) {
    this.newPassword = password;
  }

  public String getRepeated() {
    return "";
  }

  public void setRepeated(String password) {
    this.repeated = password;
  }
}
