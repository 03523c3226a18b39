package io.keyturn;

import io.keyturn.access.Anonymous;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells everybody that the API answers. It needs neither a key nor the database. */
@ApplicationScoped
@Path("status")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Status", description = "Whether the API answers")
public class StatusResource {
  @Inject private Clock clock;

  @Inject
  @ConfigProperty(name = "keyturn.version")
  private String version;

  /** The answer. */
  @Schema(name = "Status", description = "The platform that answers.")
  public record StatusView(
      @Schema(description = "The platform's name", examples = "Keyturn") String name,
      @Schema(description = "The platform's version", examples = "1.0.0") String version,
      @Schema(description = "The platform's time, by which secrets expire") Instant time) {}

  @GET
  @Anonymous
  @Operation(
      operationId = "getStatus",
      summary = "Tell That the API Answers",
      description = "Name, version and time of the platform. No secret is needed.")
  @APIResponse(responseCode = "200", description = "The API answers")
  public StatusView get() {
    return new StatusView("Keyturn", version, clock.instant());
  }
}
