package io.keyturn.support;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A body with a file, as browsers and curl send it (RFC 7578). */
public final class Multipart {
  private static final String BOUNDARY = "a-boundary";

  /** The value of {@code Content-Type}. */
  public static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private Multipart() {}

  /** A body without a part. */
  public static byte[] empty() {
    return utf8("--" + BOUNDARY + "--\r\n");
  }

  /**
   * A body.
   *
   * @param name of the file
   * @param others names and texts of further parts, which come first
   */
  public static byte[] of(String name, byte[] file, String... others) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < others.length; i += 2) {
      body.writeBytes(
          utf8(
              "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                  .formatted(BOUNDARY, others[i], others[i + 1])));
    }
    body.writeBytes(
        utf8(
            ("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                    + "Content-Type: text/csv\r\n\r\n")
                .formatted(BOUNDARY, name)));
    body.writeBytes(file);
    body.writeBytes(utf8("\r\n--" + BOUNDARY + "--\r\n"));
    return body.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
