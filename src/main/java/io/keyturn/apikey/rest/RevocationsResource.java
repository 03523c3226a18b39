package io.keyturn.apikey.rest;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.apikey.Reason;
import io.keyturn.apikey.Revocations;
import io.keyturn.apikey.Revocations.Found;
import io.keyturn.apikey.Revocations.NamedKey;
import io.keyturn.apikey.Revocations.Rule;
import io.keyturn.http.Body;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Revokes several keys of the calling key's organisation. */
@Path("api-keys")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
@APIResponse(
    responseCode = "401",
    description = "The secret is not accepted; the problem says why.")
@APIResponse(
    responseCode = "403",
    description = "The calling key lacks a scope; the problem names it.")
public class RevocationsResource {
  @Inject private KeyRequest request;
  @Inject private Revocations revocations;

  /** Which keys to revoke, and why. */
  @Schema(
      name = "Revocation",
      requiredProperties = "reason",
      examples = "{\"unused_for\": \"P90D\", \"reason\": \"Not used for a quarter\"}",
      description = "One of `ids`, `created_by` and `unused_for` says which keys.")
  public record Wanted(
      @Schema(
              maxItems = Revocations.MOST,
              description =
                  "These keys, at most 500. If an id is unknown, no key is revoked. An empty"
                      + " list counts as absent.")
          @Nullable List<UUID> ids,
      @Schema(
              name = "created_by",
              description =
                  "All keys whose `created_by_id` this is: this person or key created them or"
                      + " took them over.")
          @Nullable UUID createdBy,
      @Schema(
              name = "unused_for",
              implementation = String.class,
              format = "duration",
              examples = "P90D",
              description =
                  "All keys that were neither used nor created in this last time: ISO 8601, P1D"
                      + " to P3650D.")
          @Nullable Duration unusedFor,
      @Schema(maxLength = 500, description = "For the audit log.") @Nullable String reason) {

    private void check() {
      if (Stream.of(named(), createdBy, unusedFor).filter(o -> o != null).count() != 1) {
        throw ProblemException.invalid(
            "ids", "must be given, or created_by, or unused_for: exactly one of the three");
      }
      Reason.required(reason);
    }

    /** A generated client sends an empty list when its user names no ids. */
    private @Nullable List<UUID> named() {
      return ids == null || ids.isEmpty() ? null : ids;
    }
  }

  /** The keys that were revoked. */
  @Schema(name = "Revoked")
  public record Answer(
      @Schema(description = "The keys that this request revoked.") List<KeyView> revoked,
      @Schema(
              description =
                  "The number of keys that `created_by` or `unused_for` still finds. One"
                      + " request revokes at most 500 keys: repeat it for the others.")
          long remaining) {}

  /** A key that was revoked. */
  @Schema(name = "RevokedKey")
  public record KeyView(UUID id, String name) {
    static KeyView of(NamedKey key) {
      return new KeyView(key.id().value(), key.name());
    }
  }

  @POST
  @Path("revoke")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "revokeApiKeys",
      summary = "Revoke Several API Keys",
      description =
          "Ends the keys for good, at once: all of them or none. The request may be repeated.")
  @APIResponse(responseCode = "200", description = "Which keys were revoked.")
  @APIResponse(
      responseCode = "422",
      description = "A member is unknown or wrong; the problem names it. No key was revoked.")
  public Answer revoke(@Nullable Wanted body) {
    Wanted read = Body.given(body);
    read.check();
    List<UUID> named = read.named();
    if (named != null) {
      return new Answer(revoke(named.stream().map(ApiKeyId::new).toList(), read), 0);
    }
    Found found =
        revocations.find(request.organisation(), new Rule(read.createdBy(), read.unusedFor()));
    if (found.keys().isEmpty()) {
      return new Answer(List.of(), 0);
    }
    List<KeyView> revoked = revoke(found.keys().stream().map(NamedKey::id).toList(), read);
    return new Answer(revoked, found.total() - found.keys().size());
  }

  private List<KeyView> revoke(List<ApiKeyId> ids, Wanted body) {
    return revocations.revoke(request.organisation(), ids, body.reason(), request.actor()).stream()
        .map(KeyView::of)
        .toList();
  }
}
