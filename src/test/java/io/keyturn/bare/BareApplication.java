package io.keyturn.bare;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/** One JAX-RS method on a server without anything else: what a request costs at least. */
@ApplicationPath("/api/v1")
public class BareApplication extends Application {

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
}
