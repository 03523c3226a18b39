package io.keyturn.requestlog;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Notes each request of the API when it was answered, also what the edge filter refuses. It stands
 * before all other filters.
 */
public class RequestLogFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int FAILED = 500;

  @Inject private transient RequestRecorder recorder;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long begin = System.nanoTime();
    boolean answered = false;
    try {
      chain.doFilter(request, response);
      answered = true;
    } finally {
      recorder.note(request, answered ? response.getStatus() : FAILED, System.nanoTime() - begin);
    }
  }
}
