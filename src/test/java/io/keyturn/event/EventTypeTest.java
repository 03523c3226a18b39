package io.keyturn.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.audit.AuditAction;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The types of events are one list: in the code, in the guide and in the OpenAPI document. */
class EventTypeTest {
  private static final Path GUIDE = Path.of("src/docs/integrating.md");
  private static final Path DOCUMENT = Path.of("src/main/webapp/META-INF/openapi.json");

  private static List<String> codes() {
    return Arrays.stream(EventType.values()).map(EventType::code).toList();
  }

  @Test
  void guideHasEachTypeWithItsScope() throws IOException {
    Matcher rows =
        Pattern.compile("(?m)^\\| `([a-z_]+\\.[a-z_]+)` \\| (.+) \\| `([a-z-]+:[a-z-]+)` \\|$")
            .matcher(Files.readString(GUIDE));

    assertThat(rows.results().map(row -> row.group(1) + " " + row.group(3)))
        .containsExactlyElementsOf(
            Arrays.stream(EventType.values()).map(t -> t.code() + " " + t.scope()).toList());
  }

  @Test
  void documentHasEachTypeAndTheTest() throws IOException {
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(DOCUMENT))) {
      JsonObject webhooks = reader.readObject().getJsonObject("webhooks");

      assertThat(webhooks.keySet()).containsAll(codes()).hasSize(codes().size() + 1);
      assertThat(webhooks.getJsonObject("webhook.test")).isNotNull();
    }
  }

  /**
   * What others are not told of changes nothing that they could read, or is told by another type.
   */
  @Test
  void eachChangeOfTheOrganisationHasAType() {
    assertThat(
            Arrays.stream(AuditAction.values())
                .filter(action -> EventType.ofAction(action.name()).isEmpty()))
        .containsExactly(
            AuditAction.ADMINISTRATOR_INVITED,
            AuditAction.API_KEY_CREATION_REPEATED,
            AuditAction.API_KEY_REFRESH_REPEATED,
            AuditAction.API_KEY_REVEALED,
            AuditAction.AUDIT_LOG_EXPORTED,
            AuditAction.ONE_TIME_LINK_TAMPERED,
            AuditAction.ORGANISATION_CREATED,
            AuditAction.ORGANISATION_DELETED,
            AuditAction.ORGANISATION_EXPORTED,
            AuditAction.PASSWORD_CHANGED,
            AuditAction.PASSWORD_RESET,
            AuditAction.PASSWORD_RESET_OFFERED,
            AuditAction.PLATFORM_CREATED,
            AuditAction.RENEWAL_REFUSED,
            AuditAction.ROLE_TAMPERED,
            AuditAction.SIGNED_IN,
            AuditAction.SIGNED_OUT_EVERYWHERE,
            AuditAction.SIGN_IN_FAILED,
            AuditAction.SIGN_IN_REFUSED,
            AuditAction.SUPPLIERS_EXPORTED,
            AuditAction.SUPPLIER_IMPORT_STARTED,
            AuditAction.USER_INVITED_AGAIN,
            AuditAction.USER_TAMPERED,
            // A webhook without a choice of types would be told of itself.
            AuditAction.WEBHOOK_CERTIFICATE_REMOVED,
            AuditAction.WEBHOOK_CERTIFICATE_SET,
            AuditAction.WEBHOOK_CHANGED,
            AuditAction.WEBHOOK_CREATED,
            AuditAction.WEBHOOK_DELETED,
            AuditAction.WEBHOOK_ENABLED,
            AuditAction.WEBHOOK_SECRET_ROTATED);
  }

  @Test
  void codesAreAnObjectAndWhatBecameOfIt() {
    assertThat(codes()).allMatch(code -> code.matches("[a-z_]+\\.[a-z_]+")).doesNotHaveDuplicates();
    assertThat(EventType.parse(EventType.format(List.of(EventType.values()))))
        .containsExactly(EventType.values());
  }
}
