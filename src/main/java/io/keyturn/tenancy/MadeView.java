package io.keyturn.tenancy;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer to the making of an organisation. */
@Schema(name = "MadeOrganisation")
public record MadeView(OrganisationView organisation, InvitationView invitation) {}
