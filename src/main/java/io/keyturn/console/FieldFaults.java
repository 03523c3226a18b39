package io.keyturn.console;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;

/**
 * What is wrong with fields that are no components of Faces: filters, and trees of checkboxes. A
 * page shows each message at its field, where its script finds it and puts the focus.
 */
@Named
@RequestScoped
public class FieldFaults {
  @Inject private FacesContext faces;

  private final Map<String, String> at = new HashMap<>();

  /** Adds a sentence to a field, in English. */
  public void add(String field, String sentence) {
    faces.validationFailed();
    at.merge(field, Messages.translate(faces, sentence), (first, next) -> first + " " + next);
  }

  /**
   * Adds a message to a field.
   *
   * @param label of the field, in English
   * @param message what follows it
   */
  public void add(String field, String label, String message) {
    add(field, Messages.sentence(faces, label, message));
  }

  /**
   * Says at each filter what is wrong with it.
   *
   * @param labels of the filters in English, by their names in the address
   * @param others the labels of what the address has besides, which is told above all
   */
  public void addFilters(
      ProblemException e, Map<String, String> labels, Map<String, String> others) {
    for (FieldError error : e.errors()) {
      String label = labels.get(error.field());
      if (label == null) {
        Messages.failure(faces, others.getOrDefault(error.field(), error.field()), error.message());
      } else {
        add(error.field(), label, error.message());
      }
    }
    if (e.errors().isEmpty()) {
      Messages.failure(faces, e.detail());
    }
  }

  /** The messages by their fields. */
  public Map<String, String> getAt() {
    return at;
  }
}
