package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Signing in, in a browser. */
class SignInBrowserIT extends Browser {
  @Test
  void administratorSignsInAndComesBackToWhereTheyWanted() {
    open("/settings/api-authentication");
    assertThat(path()).isEqualTo("/login");
    enter("Email", KeyturnServer.ADMIN_EMAIL);
    enter("Password", KeyturnServer.ADMIN_PASSWORD);
    press("Sign in");

    await("back", () -> path().equals("/settings/api-authentication"));
    assertThat(field("API Key Name").isDisplayed()).isTrue();
  }

  @Test
  void wrongPasswordSaysNoMoreThanThatItDoesNotFit() {
    open("/login");
    enter("Email", KeyturnServer.ADMIN_EMAIL);
    enter("Password", "not the password");
    press("Sign in");
    await("refused", () -> text().contains("password"));

    assertThat(path()).isEqualTo("/login");
    open("/settings/api-authentication");
    assertThat(path()).isEqualTo("/login");
  }
}
