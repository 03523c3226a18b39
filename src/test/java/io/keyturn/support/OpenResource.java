package io.keyturn.support;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource whose creator forgot to say who may call it. */
@Path("open")
public class OpenResource {
  @GET
  public String get() {
    return "open";
  }
}
