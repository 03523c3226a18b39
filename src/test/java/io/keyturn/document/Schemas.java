package io.keyturn.document;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Common parts of all schemas, which annotations cannot express. */
final class Schemas {
  private static final String REF = "#/components/schemas/";

  /** An example that the server generates for each time. */
  private static final String INVENTED = "2022-03-10T16:15:50Z";

  private Schemas() {}

  /** Completes the schemas of request and answer bodies. */
  static void complete(OpenAPI document) {
    rename(document);
    sparse(document);
    Set<Schema> sent = reachable(document, jsonBodies(document));
    Set<Schema> answered =
        reachable(document, Stream.concat(responseBodies(document), toldBodies(document)));
    each(document, Schemas::tidy);
    sent.forEach(Schemas::isRead);
    answered.stream().filter(schema -> !sent.contains(schema)).forEach(Schemas::isWritten);
    examples(document);
  }

  static Schema ref(String name) {
    return OASFactory.createSchema().ref(name);
  }

  static Schema string() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }

  static Schema enumeration(String description, Stream<String> values) {
    Schema schema = string().description(description);
    values.forEach(schema::addEnumeration);
    return schema;
  }

  /**
   * {@code ListViewSupplierView} is the name of a Java type; the API's name is {@code
   * SupplierList}.
   */
  private static void rename(OpenAPI document) {
    Components components = document.getComponents();
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : components.getSchemas().keySet()) {
      names.put(name, name.replaceFirst("^ListView(.+)View$", "$1List"));
    }
    Map<String, Schema> renamed = new LinkedHashMap<>();
    components.getSchemas().forEach((name, schema) -> renamed.put(names.get(name), schema));
    components.setSchemas(renamed);
    each(
        document,
        schema -> {
          String ref = schema.getRef();
          if (ref != null && ref.startsWith(REF)) {
            String name = ref.substring(REF.length());
            schema.setRef(REF + names.getOrDefault(name, name));
          }
        });
  }

  /**
   * Where a parameter says which members the rows of a list have, every member but the id may be
   * absent: the rows get a schema of their own. A generated client would refuse them otherwise.
   */
  private static void sparse(OpenAPI document) {
    operations(document)
        .filter(o -> parameters(o).stream().anyMatch(p -> "fields".equals(p.getName())))
        .flatMap(o -> schemas(o.getResponses().getAPIResponse("200").getContent()))
        .map(list -> properties(resolve(document, list)).get("data"))
        .filter(Objects::nonNull)
        .forEach(
            data -> {
              Schema whole = resolve(document, data.getItems());
              String name = Objects.requireNonNull(data.getItems()).getRef();
              String row = Objects.requireNonNull(name).substring(REF.length()) + "Row";
              document
                  .getComponents()
                  .addSchema(
                      row,
                      OASFactory.createSchema()
                          .type(List.of(SchemaType.OBJECT))
                          .description(whole.getDescription() + " With the members asked for.")
                          .properties(new LinkedHashMap<>(properties(whole)))
                          .required(List.of("id")));
              data.setItems(ref(row));
            });
  }

  private static void tidy(Schema schema) {
    if ("uuid".equals(schema.getFormat())) {
      // With a pattern, generated clients would match the pattern against an id object, which is no
      // text.
      schema.setPattern(null);
    }
    List<Object> examples = schema.getExamples();
    if (examples != null && examples.contains(INVENTED)) {
      schema.setExamples(null);
    }
    if (schema.getProperties() != null) {
      Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
      properties.replaceAll(Schemas::worded);
      schema.setProperties(properties);
    }
  }

  /** Refers to the shared schema of an enum's words. */
  private static Schema worded(String name, Schema property) {
    Schema items = property.getItems();
    if (name.equals("scopes") && items != null) {
      property.setItems(ref(Vocabulary.SCOPE));
    }
    if (name.equals("environment") && property.getRef() == null) {
      return ref(Vocabulary.ENVIRONMENT);
    }
    return property;
  }

  /**
   * Completes the schema of a request body: other members are refused. An optional list may also be
   * null, which has the same meaning. Otherwise a generated client would send an empty list, which
   * has another meaning.
   */
  private static void isRead(Schema schema) {
    Map<String, Schema> properties = properties(schema);
    if (properties.isEmpty()) {
      return;
    }
    if (schema.getAdditionalPropertiesSchema() == null) {
      schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
    }
    List<String> required = Objects.requireNonNullElse(schema.getRequired(), List.of());
    properties.forEach(
        (name, property) -> {
          List<SchemaType> types = property.getType();
          if (!required.contains(name)
              && types != null
              && types.contains(SchemaType.ARRAY)
              && !types.contains(SchemaType.NULL)) {
            property.addType(SchemaType.NULL);
          }
        });
  }

  /** Completes the schema of an answer: all members are present, with null for an absent value. */
  private static void isWritten(Schema schema) {
    if (schema.getRequired() == null && !properties(schema).isEmpty()) {
      schema.setRequired(List.copyOf(properties(schema).keySet()));
    }
  }

  /** Copies the example of a body's schema to the place where tools look for it. */
  private static void examples(OpenAPI document) {
    operations(document)
        .map(Operation::getRequestBody)
        .filter(body -> body != null && body.getContent() != null)
        .flatMap(body -> body.getContent().getMediaTypes().values().stream())
        .forEach(
            media -> {
              List<Object> examples = resolve(document, media.getSchema()).getExamples();
              if (examples != null && !examples.isEmpty() && media.getExample() == null) {
                media.setExample(examples.get(0));
              }
            });
  }

  static Map<String, Schema> properties(Schema schema) {
    return Objects.requireNonNullElse(schema.getProperties(), Map.of());
  }

  /** The schema to which a reference leads, or the schema itself. */
  static Schema resolve(OpenAPI document, @Nullable Schema schema) {
    if (schema == null) {
      return OASFactory.createSchema();
    }
    String ref = schema.getRef();
    if (ref == null || !ref.startsWith(REF)) {
      return schema;
    }
    return Objects.requireNonNullElse(
        document.getComponents().getSchemas().get(ref.substring(REF.length())), schema);
  }

  static Stream<Operation> operations(OpenAPI document) {
    return document.getPaths().getPathItems().values().stream()
        .flatMap(path -> path.getOperations().values().stream());
  }

  private static Stream<Schema> requestBodies(OpenAPI document) {
    return operations(document)
        .map(Operation::getRequestBody)
        .filter(Objects::nonNull)
        .flatMap(body -> schemas(body.getContent()));
  }

  /** The bodies that are read as JSON. Forms may have further members, which are ignored. */
  private static Stream<Schema> jsonBodies(OpenAPI document) {
    return operations(document)
        .map(Operation::getRequestBody)
        .filter(body -> body != null && body.getContent() != null)
        .map(body -> body.getContent().getMediaType("application/json"))
        .filter(Objects::nonNull)
        .map(MediaType::getSchema);
  }

  private static Stream<Schema> responseBodies(OpenAPI document) {
    return operations(document)
        .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
        .flatMap(response -> schemas(response.getContent()));
  }

  /** What webhooks are sent. */
  private static Stream<Schema> toldBodies(OpenAPI document) {
    return document.getWebhooks().values().stream()
        .flatMap(webhook -> webhook.getOperations().values().stream())
        .flatMap(told -> schemas(told.getRequestBody().getContent()));
  }

  private static Stream<Schema> schemas(@Nullable Content content) {
    return content == null
        ? Stream.empty()
        : content.getMediaTypes().values().stream()
            .map(MediaType::getSchema)
            .filter(Objects::nonNull);
  }

  private static void each(OpenAPI document, Consumer<Schema> action) {
    Stream<Schema> parameters =
        operations(document)
            .flatMap(operation -> parameters(operation).stream())
            .map(Parameter::getSchema)
            .filter(Objects::nonNull);
    Stream<Schema> all =
        Stream.of(
                document.getComponents().getSchemas().values().stream(),
                requestBodies(document),
                responseBodies(document),
                parameters)
            .flatMap(s -> s);
    reachable(document, all).forEach(action);
  }

  static List<Parameter> parameters(Operation operation) {
    return Objects.requireNonNullElse(operation.getParameters(), List.of());
  }

  /** These schemas with all schemas that they refer to or consist of, each once. */
  private static Set<Schema> reachable(OpenAPI document, Stream<Schema> from) {
    // Compares by identity, because two schemas with the same content are still two schemas.
    Set<Schema> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Schema> open = new ArrayDeque<>(from.toList());
    while (!open.isEmpty()) {
      Schema schema = open.pop();
      if (found.add(schema)) {
        open.push(resolve(document, schema));
        open.addAll(properties(schema).values());
        Stream.of(schema.getItems(), schema.getAdditionalPropertiesSchema())
            .filter(Objects::nonNull)
            .forEach(open::push);
        Stream.of(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf())
            .filter(Objects::nonNull)
            .forEach(open::addAll);
      }
    }
    return found;
  }
}
