package io.keyturn.console;

import io.keyturn.language.Language;
import io.keyturn.language.Sentences;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;
import java.util.Iterator;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the pages: at a field, or above all. They are given in English, as services make
 * them, and shown in the language of the page.
 */
public final class Messages {
  /** The id of a field in a row that a component repeats. */
  private static final Pattern OF_ROW = Pattern.compile(":[0-9]+:");

  private Messages() {}

  /**
   * Adds a message to a field. A message that is not yet a sentence is put after the field's name.
   */
  public static void atField(FacesContext faces, String clientId, String message) {
    faces.validationFailed();
    boolean found;
    if (OF_ROW.matcher(clientId).find()) {
      found =
          faces
              .getViewRoot()
              .invokeOnComponent(faces, clientId, (f, field) -> at(f, field, message));
    } else {
      UIComponent field = faces.getViewRoot().findComponent(clientId);
      found = field instanceof UIInput;
      at(faces, field, message);
    }
    if (!found) {
      failure(faces, message);
    }
  }

  private static void at(FacesContext faces, @Nullable UIComponent field, String message) {
    if (field instanceof UIInput input) {
      input.setValid(false);
      Object label = input.getAttributes().get("label");
      String translated = translate(faces, message);
      String sentence =
          label == null || Character.isUpperCase(message.charAt(0))
              ? translated
              : label + " " + translated + ".";
      Iterator<FacesMessage> before = faces.getMessages(input.getClientId(faces));
      if (before.hasNext()) {
        // The page shows only the first message of a field.
        FacesMessage first = before.next();
        first.setSummary(first.getSummary() + " " + sentence);
      } else {
        faces.addMessage(
            input.getClientId(faces),
            new FacesMessage(FacesMessage.SEVERITY_ERROR, sentence, null));
      }
    }
  }

  public static void failure(FacesContext faces, String message) {
    faces.validationFailed();
    faces.addMessage(
        null, new FacesMessage(FacesMessage.SEVERITY_ERROR, translate(faces, message), null));
  }

  /**
   * Says what is wrong with a value of the address.
   *
   * @param label of the field, in English
   * @param message what follows it
   */
  public static void failure(FacesContext faces, String label, String message) {
    failure(faces, sentence(faces, label, message));
  }

  /** A label and the message that follows it, in the language of the page. */
  static String sentence(FacesContext faces, String label, String message) {
    return translate(faces, label) + " " + translate(faces, message) + ".";
  }

  /** What is given in English, in the language of the page. */
  public static String translate(FacesContext faces, String message) {
    String code = faces.getViewRoot().getLocale().getLanguage();
    return Sentences.in(Language.of(code).orElse(Language.ENGLISH)).translate(message);
  }

  /** The message for the button of a dialog that was opened for no row. */
  public static void notChosen(FacesContext faces) {
    failure(faces, "Nothing was done: no row was chosen. Please choose again.");
  }

  public static void success(FacesContext faces, String message, Object... arguments) {
    faces.addMessage(
        null,
        new FacesMessage(
            FacesMessage.SEVERITY_INFO,
            translate(faces, String.format(Locale.ROOT, message, arguments)),
            null));
  }
}
