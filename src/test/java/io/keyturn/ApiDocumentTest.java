package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {

  @Test
  void documentKnowsTheCodeOfEveryResource() {
    assertThat(
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.keyturn")
                    .stream()
                    .filter(type -> type.isAnnotatedWith(Path.class))
                    .<Class<?>>map(type -> type.reflect()))
        .containsExactlyInAnyOrderElementsOf(ApiDocument.RESOURCES);
  }
}
