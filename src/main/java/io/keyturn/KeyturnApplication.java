package io.keyturn;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Contact;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;

/** The API, at {@code /api/v1}. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Keyturn API",
            version = "1",
            description =
                "Press *Authorize* and enter the secret of an API key. The secret refreshes"
                    + " itself every 24 hours; an answer 401 says why a secret is not accepted.",
            contact = @Contact(name = "The administrators of your organisation"),
            license =
                @License(
                    name = "As agreed with the operator of this platform",
                    identifier = "LicenseRef-operator")),
    servers = @Server(url = "/", description = "This platform"),
    security = @SecurityRequirement(name = "secret"))
@SecurityScheme(
    securitySchemeName = "secret",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "The secret of an API key, as the page API Authentication shows it.")
@SecurityScheme(
    securitySchemeName = "operator",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "The token of the platform's operator, from the operator's token file.")
public class KeyturnApplication extends Application {}
