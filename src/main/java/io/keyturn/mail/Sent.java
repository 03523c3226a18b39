package io.keyturn.mail;

/** What became of a mail. */
public enum Sent {
  /** The mail server took it. */
  SENT("A mail was sent."),
  /** The mail server did not take it. */
  FAILED("The mail could not be sent; the server's log says why."),
  /** The request does not tell at which address the platform is reached from outside. */
  NO_ADDRESS(
      "No mail was sent, because this platform was not called by its base domain, so that the"
          + " link's address is not known."),
  /** No mail server is configured. */
  OFF("No mail is sent, because no mail server is configured.");

  private final String sentence;

  Sent(String sentence) {
    this.sentence = sentence;
  }

  /** The same for a person. */
  public String sentence() {
    return sentence;
  }
}
