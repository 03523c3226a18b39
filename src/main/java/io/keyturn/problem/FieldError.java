package io.keyturn.problem;

/**
 * What is wrong with one member or parameter of a request.
 *
 * @param field its name, which may be what the client wrote: a long one is cut
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
