package io.keyturn.operator;

import io.keyturn.http.Versioned;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer to the creation of an organisation. */
@Schema(name = "CreatedOrganisation")
public record CreatedView(OrganisationView organisation, InvitationView invitation)
    implements Versioned {

  @Override
  public int version() {
    return organisation.version();
  }
}
