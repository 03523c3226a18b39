package io.keyturn.user;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why single sign-on did not let somebody in. */
public enum SsoRefusal {
  OFF("Single sign-on is not set up here."),
  UNREACHABLE("The sign-in provider does not answer. Please try again in a minute."),
  DENIED("The sign-in provider did not let you in, or you cancelled."),
  NOT_BEGUN(
      "This sign-in was not begun in this browser, was used already, or took longer than 10"
          + " minutes. Please try again."),
  TOKEN(
      "What the sign-in provider answered is not valid for this platform and this sign-in. Please"
          + " try again; if that does not help, tell your operator."),
  EMAIL_NOT_VERIFIED(
      "The sign-in provider does not say that your email address is verified. Verify it there, then"
          + " try again."),
  NO_ROLE(
      "The sign-in provider gives you no role that is known here. Ask whoever manages your groups"
          + " there."),
  OTHER_ACCOUNT(
      "Your email address belongs to another account here. Ask an administrator of your"
          + " organisation."),
  DEACTIVATED("Your account here is deactivated. Ask an administrator of your organisation."),
  LAST_ADMINISTRATOR(
      "You are the last active administrator here, but the sign-in provider gives you another role."
          + " Another administrator is needed first."),
  CLOSED("Single sign-on does not lead into this organisation, or it is suspended.");

  private final String sentence;

  SsoRefusal(String sentence) {
    this.sentence = sentence;
  }

  /** What the person is told. */
  public String sentence() {
    return sentence;
  }

  /** As it stands in addresses: {@code email_not_verified}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The refusal with this code. */
  public static Optional<SsoRefusal> of(String code) {
    return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
  }
}
