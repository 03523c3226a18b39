package io.keyturn.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** What a person can do next after an act, as a button beside its message. */
@Named
@RequestScoped
public class NextAct {
  private String act = "";
  private String label = "";
  private String row = "";

  /**
   * Offers an act of the page.
   *
   * @param offered its name in the page
   * @param text what the button says
   * @param id the id of the object with which it is done
   */
  public void offer(String offered, String text, Object id) {
    act = offered;
    label = text;
    row = id.toString();
  }

  /** Whether there is something to do next. */
  public boolean isOffered() {
    return !act.isEmpty();
  }

  public String getAct() {
    return act;
  }

  public String getLabel() {
    return label;
  }

  /** The id of the object with which it is done. */
  public String getRow() {
    return row;
  }
}
