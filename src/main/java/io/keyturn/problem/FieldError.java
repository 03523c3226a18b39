package io.keyturn.problem;

/**
 * An error in one member or parameter of a request.
 *
 * @param field its name, which may be the client's own text: a long name is cut
 */
public record FieldError(String field, String message) {
  private static final int LONGEST = 200;

  public FieldError {
    if (field.length() > LONGEST) {
      int end = Character.isHighSurrogate(field.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
      field = field.substring(0, end) + "…";
    }
  }
}
