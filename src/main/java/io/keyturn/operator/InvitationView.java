package io.keyturn.operator;

import io.keyturn.mail.Sent;
import io.keyturn.user.invitation.IssuedLink;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An administrator's invitation, which the operator gets once. */
@Schema(name = "Invitation", description = "The invited person, and the link to pass on.")
public record InvitationView(
    String email,
    @Schema(
            description =
                "The link works once. It is only a path, on the organisation's own host, if"
                    + " the request did not use the platform's base domain.")
        String link,
    @Schema(name = "expires_at") Instant expiresAt,
    @Schema(
            enumeration = {"sent", "failed", "no_address", "off"},
            description = "Whether the link was mailed too; `off` where no mail server is set.")
        String mail) {

  static InvitationView of(IssuedLink invited, String link, Sent sent) {
    return new InvitationView(
        invited.email(), link, invited.expiresAt(), sent.name().toLowerCase(Locale.ROOT));
  }
}
