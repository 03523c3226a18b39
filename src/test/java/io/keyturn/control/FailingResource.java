package io.keyturn.control;

import io.keyturn.access.Anonymous;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What the API has in common, on resources that need nothing else. */
@Path("test")
@Produces(MediaType.APPLICATION_JSON)
public class FailingResource {

  /** A body with a member of each kind. */
  public record Body(
      @Nullable String name,
      @Nullable Integer count,
      @Nullable List<String> words,
      @Nullable Inner innerPart) {}

  /** A member of a body. */
  public record Inner(@Nullable Boolean flag) {}

  @POST
  @Operation(hidden = true)
  @Path("echo")
  @Anonymous
  @Consumes(MediaType.APPLICATION_JSON)
  public Body echo(Body body) {
    return io.keyturn.http.Body.given(body);
  }

  @GET
  @Operation(hidden = true)
  @Path("fail")
  @Anonymous
  public String fail() {
    throw new IllegalStateException("a-message-that-nobody-may-see");
  }

  @GET
  @Operation(hidden = true)
  @Path("fail-for-key")
  @RequiresScope(Scope.SUPPLIERS_READ)
  public String failForKey() {
    throw new IllegalStateException("a-message-that-nobody-may-see");
  }

  @GET
  @Operation(hidden = true)
  @Path("overflow")
  @Anonymous
  public String overflow() {
    throw new StackOverflowError("a-message-that-nobody-may-see");
  }
}
