package io.keyturn.shape;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/**
 * An application of Keyturn's shape that does nothing: a servlet filter that sets the headers of
 * each answer, a filter of JAX-RS before and after each method, and beans. What it costs beside a
 * method alone, no code of Keyturn's can save.
 */
@ApplicationPath("/api/v1")
public class ShapeApplication extends Application {

  /** A bean that the filters and the resource call. */
  @ApplicationScoped
  public static class Rules {
    private int asked;

    /** Whether a request may go on. */
    public boolean allows(String what) {
      asked++;
      return asked != 0 && !what.isEmpty();
    }

    /** The time. */
    public Instant now() {
      return Instant.now();
    }
  }

  /** The headers that Keyturn sets. */
  @WebFilter("/*")
  public static class EdgeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject private transient Rules rules;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      response.setHeader("X-Request-Id", UUID.randomUUID().toString());
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Referrer-Policy", "same-origin");
      response.setHeader("X-Frame-Options", "DENY");
      response.setHeader("Cache-Control", "no-store");
      if (rules.allows(request.getRequestURI())) {
        chain.doFilter(request, response);
      }
    }
  }

  /** Before and after each method. */
  @Provider
  public static class MethodFilter implements ContainerRequestFilter, ContainerResponseFilter {
    @Inject private Rules rules;

    @Override
    public void filter(ContainerRequestContext request) {
      if (!rules.allows(request.getMethod())) {
        throw new IllegalStateException();
      }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
      rules.allows(request.getMethod());
    }
  }

  /** The same answer as Keyturn's. */
  @ApplicationScoped
  @Path("status")
  @Produces(MediaType.APPLICATION_JSON)
  public static class StatusResource {
    @Inject private Rules rules;

    /** The answer. */
    public record StatusView(String name, String version, Instant time) {}

    @GET
    public StatusView get() {
      return new StatusView("Keyturn", "0.1.0-SNAPSHOT", rules.now());
    }
  }
}
