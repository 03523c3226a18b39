package io.keyturn.bare;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Two JAX-RS methods on a server without anything else: what a request costs at least, and what it
 * costs at least with a key.
 */
@ApplicationPath("/api/v1")
public class BareApplication extends Application {
  private static final Map<String, Key> KEYS = new ConcurrentHashMap<>();

  /** A key: no limits, no deadline, no use to be recorded. */
  private record Key(UUID id, Instant end) implements Principal {
    @Override
    public String getName() {
      return id.toString();
    }
  }

  private static String digest(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same answer as Keyturn's. */
  @Path("status")
  @Produces(MediaType.APPLICATION_JSON)
  public static class StatusResource {
    /** The answer. */
    public record StatusView(String name, String version, Instant time) {}

    @GET
    public StatusView get() {
      return new StatusView("Keyturn", "0.1.0-SNAPSHOT", Instant.now());
    }
  }

  /** Takes secrets. */
  @Path("keys")
  public static class KeysResource {
    /** Each line is a secret. */
    @POST
    public void add(String lines) {
      lines
          .lines()
          .forEach(
              line ->
                  KEYS.put(
                      digest(line), new Key(UUID.randomUUID(), Instant.now().plusSeconds(90_000))));
    }
  }

  /** The least that verifies a secret: one digest and one look-up. */
  @Keyed
  @Provider
  public static class KeyFilter implements ContainerRequestFilter, ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
      Key key =
          header == null || !header.startsWith("Bearer ")
              ? null
              : KEYS.get(digest(header.substring(7)));
      if (key == null) {
        throw new NotAuthorizedException(Response.status(401).build());
      }
      request.setSecurityContext(new Verified(key));
    }

    /** The same headers as Keyturn's. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
      if (request.getSecurityContext() instanceof Verified verified) {
        answer.getHeaders().add("X-API-Key-Expires-At", verified.key().end().toString());
        answer.getHeaders().add("RateLimit-Policy", "\"minute\";q=6000;w=60");
        answer.getHeaders().add("RateLimit", "\"minute\";r=5999;t=1");
      }
    }
  }

  private record Verified(Key key) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return key;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }

  /** The same answer as Keyturn's. */
  @Keyed
  @Path("me")
  @Produces(MediaType.APPLICATION_JSON)
  public static class MeResource {
    /** The organisation. */
    public record OrganisationView(UUID id, String domain, String name) {}

    /** The key. */
    public record KeyView(UUID id, String name, String environment) {}

    /** The answer. */
    public record MeView(
        OrganisationView organisation,
        KeyView api_key,
        List<String> scopes,
        int secret_number,
        Instant secret_expires_at,
        Instant next_refresh_at) {}

    @GET
    public MeView get(@Context SecurityContext security) {
      Key key = (Key) security.getUserPrincipal();
      return new MeView(
          new OrganisationView(key.id(), "demo", "Demo"),
          new KeyView(key.id(), "key of a benchmark", "live"),
          List.of("suppliers:read"),
          1,
          key.end(),
          key.end());
    }
  }

  /** Only with a known secret. */
  @NameBinding
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Keyed {}
}
