package io.keyturn.document;

import io.keyturn.access.Scope;
import io.keyturn.audit.AuditAction;
import io.keyturn.problem.ProblemType;
import io.keyturn.renewal.TokenError;
import java.util.Arrays;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The enumerated words of the API, taken from the code: scopes, failure codes and so on. */
final class Vocabulary {
  static final String SCOPE = "Scope";
  static final String ENVIRONMENT = "Environment";
  private static final String PROBLEM_CODE = "ProblemCode";
  private static final String AUDIT_ACTION = "AuditAction";
  private static final String OAUTH_ERROR = "OAuthError";

  private Vocabulary() {}

  /** Adds the words, and the references to them. */
  static void add(OpenAPI document) {
    Components components = document.getComponents();
    components.addSchema(
        SCOPE,
        Schemas.enumeration(
            "What a key or a person may do.", Arrays.stream(Scope.values()).map(Scope::code)));
    components.addSchema(
        ENVIRONMENT,
        Schemas.enumeration("Which kind of data a key is for.", Stream.of("live", "test")));
    components.addSchema(
        PROBLEM_CODE,
        Schemas.enumeration(
            "What kind of failure it is.",
            Arrays.stream(ProblemType.values()).map(ProblemType::code)));
    components.addSchema(
        AUDIT_ACTION,
        Schemas.enumeration(
            "What was done, in the past tense.",
            Arrays.stream(AuditAction.values()).map(AuditAction::name)));
    components.addSchema(
        OAUTH_ERROR,
        Schemas.enumeration(
            "Why no token is issued (RFC 6749 §5.2).",
            Arrays.stream(TokenError.values()).map(TokenError::code)));
    refer(document, "Problem", "code", PROBLEM_CODE);
    refer(document, "AuditEvent", "action", AUDIT_ACTION);
    refer(document, "TokenError", "error", OAUTH_ERROR);
    Schemas.operations(document).forEach(Vocabulary::actions);
  }

  private static void refer(OpenAPI document, String schema, String property, String words) {
    Schema known = document.getComponents().getSchemas().get(schema);
    if (known != null && known.getProperties().containsKey(property)) {
      known.addProperty(property, Schemas.ref(words));
    }
  }

  private static void actions(Operation operation) {
    for (Parameter parameter : Schemas.parameters(operation)) {
      if (parameter.getIn() == Parameter.In.QUERY && parameter.getName().equals("action")) {
        parameter.setSchema(Schemas.ref(AUDIT_ACTION));
      }
    }
  }
}
