package io.keyturn.document;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/**
 * The OpenAPI document that the code says: its annotations, as the server would read them, and the
 * rules of this package for what all operations have in common.
 */
final class CodeDocument {
  private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target/classes");

  private CodeDocument() {}

  /** The document as JSON, with a line for each member. */
  static String json() {
    return build().toJSON() + "\n";
  }

  /** The document. */
  static SmallRyeOpenAPI build() {
    return SmallRyeOpenAPI.builder()
        .withConfig(new SmallRyeConfigBuilder().build())
        .withIndex(index())
        .enableModelReader(false)
        .enableStandardStaticFiles(false)
        .enableStandardFilter(false)
        .addFilter(
            new OASFilter() {
              @Override
              public void filterOpenAPI(OpenAPI document) {
                complete(document);
              }
            })
        .build();
  }

  private static void complete(OpenAPI document) {
    Operations.complete(document, resources());
    Vocabulary.add(document);
    ToldEvents.add(document);
    Schemas.complete(document);
    Examples.add(document);
  }

  /** The classes whose methods answer. */
  private static List<Class<?>> resources() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.keyturn")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .<Class<?>>map(type -> type.reflect())
            .toList();
  }

  private static Index index() {
    Indexer indexer = new Indexer();
    try (Stream<java.nio.file.Path> files = Files.walk(CLASSES)) {
      for (java.nio.file.Path file :
          files.filter(file -> file.toString().endsWith(".class")).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          indexer.index(in);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return indexer.complete();
  }
}
