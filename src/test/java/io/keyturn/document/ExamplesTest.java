package io.keyturn.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The document's examples are what its schemas allow. */
class ExamplesTest {
  private static final String JSON = "application/json";

  private final JsonNode document = read();

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(Files.readString(ApiDocumentTest.FILE));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void examplesFitTheirSchemas() {
    for (JsonNode path : document.get("paths")) {
      for (JsonNode operation : path) {
        String id = operation.get("operationId").asText();
        for (JsonNode response : operation.get("responses")) {
          JsonNode media = response.path("content").path(JSON);
          if (media.has("example")) {
            assertFits(id, media.get("schema"), media.get("example"));
          }
        }
        for (JsonNode parameter : operation.path("parameters")) {
          for (JsonNode example : parameter.path("schema").path("examples")) {
            assertFits(id + " " + parameter, parameter.get("schema"), example);
          }
        }
      }
    }
  }

  @Test
  void readersOfSuppliersAndEventsSeeWhatTheyGet() {
    for (JsonNode path : document.get("paths")) {
      JsonNode operation = path.path("get");
      String tag = operation.path("tags").path(0).asText();
      JsonNode media = operation.path("responses").path("200").path("content").path(JSON);
      boolean imports = operation.path("operationId").asText().contains("SupplierImport");
      if ((tag.equals("Suppliers") || tag.equals("Events")) && !imports && media.has("schema")) {
        assertThat(media.has("example")).as(operation.get("operationId").asText()).isTrue();
      }
    }
    for (JsonNode parameter :
        document.get("paths").get("/api/v1/suppliers").get("get").get("parameters")) {
      assertThat(parameter.path("schema").has("examples")).as(parameter.toString()).isTrue();
    }
  }

  private void assertFits(String what, JsonNode schema, JsonNode example) {
    ObjectNode whole =
        ((ObjectNode) schema.deepCopy()).set("components", document.get("components"));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                    whole, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
                .validate(example))
        .as(what)
        .isEmpty();
  }
}
