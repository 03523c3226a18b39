package io.keyturn.mail;

/** The outcome of sending a mail. */
public enum Sent {
  /** The mail server accepted the mail. */
  SENT("A mail was sent."),
  /** The mail server did not accept the mail. */
  FAILED("The mail could not be sent; the server's log says why."),
  /** The mail server has not said whether it accepted the mail. */
  UNCERTAIN("The mail server has not said whether it accepted the mail."),
  /** The request does not reveal the platform's public address. */
  NO_ADDRESS(
      "No mail was sent, because this platform was not called by its base domain, so that the"
          + " link's address is not known."),
  /** No mail server is configured. */
  OFF("No mail is sent, because no mail server is configured.");

  private final String sentence;

  Sent(String sentence) {
    this.sentence = sentence;
  }

  /** The outcome as a sentence for a person. */
  public String sentence() {
    return sentence;
  }
}
