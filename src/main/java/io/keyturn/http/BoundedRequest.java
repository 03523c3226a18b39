package io.keyturn.http;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes read, because a chunked or compressed body does not give its length. Refuses a
 * content coding that the server would not decode.
 */
final class BoundedRequest extends HttpServletRequestWrapper {
  private static final Set<String> CODINGS = Set.of("identity", "gzip", "x-gzip", "deflate");

  private final SlowBody slow;
  private final long longest;
  private @Nullable ServletInputStream body;
  private @Nullable Map<String, String[]> form;

  BoundedRequest(HttpServletRequest request, SlowBody slow, long longest) {
    super(request);
    this.slow = slow;
    this.longest = longest;
  }

  /**
   * Reads a form's parameters here, because the server would wait for the body without a deadline.
   */
  void readForm() throws IOException {
    if (getMethod().equals("POST") && FormParameters.is(getContentType())) {
      form = FormParameters.read(getQueryString(), getInputStream());
    }
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return form == null ? super.getParameterMap() : Collections.unmodifiableMap(form);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return form == null ? super.getParameterNames() : Collections.enumeration(form.keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    if (form == null) {
      return super.getParameterValues(name);
    }
    String[] values = form.get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public @Nullable String getParameter(String name) {
    if (form == null) {
      return super.getParameter(name);
    }
    String[] values = form.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public long getDateHeader(String name) {
    return OddHeaders.date(getHeader(name)) ? super.getDateHeader(name) : -1;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      List<String> codings = Collections.list(getHeaders("Content-Encoding"));
      for (String coding : codings) {
        if (!CODINGS.contains(coding.strip().toLowerCase(Locale.ROOT))) {
          throw new ProblemException(
                  ProblemType.UNSUPPORTED_MEDIA_TYPE,
                  "Send the body uncompressed, or compressed by gzip or deflate.")
              .header("Accept-Encoding", "gzip, deflate")
              // The server cannot skip a body of such a coding, and would close the connection
              // without an answer.
              .header("Connection", "close");
        }
      }
      body =
          new BoundedStream(
              super.getInputStream(),
              slow,
              longest,
              codings.isEmpty() ? getContentLengthLong() : -1);
    }
    return body;
  }
}
