package io.keyturn.usage;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Counts the answers to requests with a secret that a key has or had. */
@Provider
public class AnswerFilter implements ContainerResponseFilter {
  @Inject private UsageRecorder usage;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(CredentialNumber.PROPERTY) instanceof CredentialNumber credential) {
      usage.answered(credential, response.getStatus());
    }
  }
}
