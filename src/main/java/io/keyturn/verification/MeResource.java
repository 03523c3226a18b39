package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.apikey.rest.KeyLimitView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the API knows of the key that calls it. */
@ApplicationScoped
@Path("me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Me", description = "The API key that calls")
public class MeResource {
  @Inject private CurrentCaller current;

  /** The organisation that the key belongs to. */
  @Schema(name = "CallingOrganisation")
  public record OrganisationView(UUID id, String domain, String name) {}

  /** The key. */
  @Schema(name = "CallingKey")
  public record KeyView(UUID id, String name, String environment) {}

  /** The answer. */
  @Schema(name = "Me", description = "The API key that calls.")
  public record MeView(
      OrganisationView organisation,
      @Schema(name = "api_key") KeyView apiKey,
      List<String> scopes,
      @Schema(name = "secret_number") int secretNumber,
      @Schema(name = "secret_expires_at") Instant secretExpiresAt,
      @Schema(name = "next_refresh_at") Instant nextRefreshAt,
      @Schema(nullable = true) @Nullable KeyLimitView restrict) {}

  @GET
  @RequiresScope
  @Operation(
      operationId = "getMe",
      summary = "Get the Calling API Key",
      description =
          "The organisation, name and scopes of the key, and when the secret that was"
              + " sent stops working.")
  @APIResponse(responseCode = "200", description = "The key that calls")
  @APIResponse(responseCode = "401", description = "The secret is not accepted; detail says why")
  public MeView get() {
    Caller caller = current.get();
    return new MeView(
        new OrganisationView(
            caller.organisationId().value(),
            caller.organisationDomain(),
            caller.organisationName()),
        new KeyView(caller.keyId().value(), caller.keyName(), caller.environment()),
        caller.scopes().stream().sorted().map(Scope::code).toList(),
        caller.secretNumber(),
        caller.secretExpiresAt(),
        caller.nextRefreshAt(),
        KeyLimitView.of(caller.restrictions().locations()));
  }
}
