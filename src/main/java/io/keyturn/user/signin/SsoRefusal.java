package io.keyturn.user.signin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The reasons why single sign-on, or the server's user registry, refuses a person. */
public enum SsoRefusal {
  OFF("Single sign-on is not set up here."),
  UNREACHABLE("%s does not answer. Please try again in a minute."),
  DENIED("%s did not let you in, or you cancelled."),
  NOT_BEGUN(
      "This sign-in was not pending in this browser, was used already, or took longer than 10"
          + " minutes. Please try again."),
  TOKEN(
      "The answer of the sign-in provider is not valid for this platform and this"
          + " sign-in. Please try again; if that does not help, tell your operator."),
  EMAIL_NOT_VERIFIED(
      "%s does not say that your email address is verified. Verify it there, then" + " try again."),
  NO_ROLE(
      "%s gives you no role that is known here. Ask the person who manages your"
          + " groups there."),
  OTHER_ACCOUNT(
      "Your email address belongs to another account here. Ask an administrator of your"
          + " organisation."),
  DEACTIVATED("Your account here is deactivated. Ask an administrator of your organisation."),
  TAMPERED(
      "Your account here was changed in the database by somebody else, and is refused. Ask an"
          + " administrator of your organisation."),
  LAST_ADMINISTRATOR(
      "You are the last active administrator here, and %s gives you another role."
          + " Make somebody else administrator first."),
  CLOSED("%s signs nobody in to this organisation, or the organisation is suspended.");

  private final String sentence;

  SsoRefusal(String sentence) {
    this.sentence = sentence;
  }

  /** The message for a person who signs in by single sign-on. */
  public String sentence() {
    return sentence("The sign-in provider");
  }

  /** The message for the person; it begins with the name of the provider. */
  public String sentence(String provider) {
    return sentence.formatted(provider);
  }

  /** The code in addresses, such as {@code email_not_verified}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The refusal with this code. */
  public static Optional<SsoRefusal> of(String code) {
    return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
  }
}
