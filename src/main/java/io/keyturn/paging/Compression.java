package io.keyturn.paging;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses lists of more than 1 KB for clients that accept it. Other answers may hold a secret
 * and are not compressed: when an answer holds both a secret and a text of the client's choice, its
 * compressed length reveals the secret byte by byte (the attack BREACH, 2013).
 */
@Provider
public class Compression implements WriterInterceptor {
  private static final int WORTH_IT = 1024;
  private static final String GZIP = "gzip";
  private static final Pattern REFUSED = Pattern.compile(";q=0(\\.0*)?$");

  @Context private HttpHeaders request;

  @Override
  public void aroundWriteTo(WriterInterceptorContext answer) throws IOException {
    if (!(answer.getEntity() instanceof ListView)) {
      answer.proceed();
      return;
    }
    answer.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (!asked(request.getRequestHeader(HttpHeaders.ACCEPT_ENCODING))) {
      answer.proceed();
      return;
    }
    OutputStream client = answer.getOutputStream();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    answer.setOutputStream(plain);
    answer.proceed();
    answer.setOutputStream(client);
    if (plain.size() <= WORTH_IT) {
      plain.writeTo(client);
      return;
    }
    answer.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, GZIP);
    try (GZIPOutputStream compressed = new GZIPOutputStream(client)) {
      plain.writeTo(compressed);
    }
  }

  /** Whether the client accepts gzip (RFC 9110 §12.5.3). */
  static boolean asked(@Nullable List<String> accepted) {
    return accepted != null
        && accepted.stream()
            .flatMap(header -> Stream.of(header.split(",")))
            .map(coding -> coding.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
            .anyMatch(
                coding ->
                    (coding.equals(GZIP) || coding.startsWith(GZIP + ";"))
                        && !REFUSED.matcher(coding).find());
  }
}
