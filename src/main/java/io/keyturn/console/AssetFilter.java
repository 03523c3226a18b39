package io.keyturn.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Says how long browsers may keep files of pages: for a year where the address has the file's
 * version, else not without asking whether there is a newer one.
 */
public class AssetFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean versioned =
        request.getServletPath().startsWith("/webjars/") || request.getParameter("v") != null;
    response.setHeader(
        "Cache-Control", versioned ? "public, max-age=31536000, immutable" : "no-cache");
    chain.doFilter(request, response);
  }
}
