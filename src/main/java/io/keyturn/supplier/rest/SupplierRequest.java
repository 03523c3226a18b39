package io.keyturn.supplier.rest;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.Reach;
import io.keyturn.audit.Actor;
import io.keyturn.http.ClientAddress;
import io.keyturn.http.Ids;
import io.keyturn.http.IfMatch;
import io.keyturn.idempotency.Answer;
import io.keyturn.idempotency.Idempotency;
import io.keyturn.idempotency.RequestDigest;
import io.keyturn.json.JsonText;
import io.keyturn.json.RecordWriter;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.supplier.Suppliers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The caller of the running request, and what all requests about suppliers have in common. */
@RequestScoped
class SupplierRequest {
  static final String ID = "The supplier's id.";
  static final String GONE = "The organisation has no such supplier.";
  static final String OUTSIDE =
      "The supplier is at none of the locations that the calling key is limited to.";
  static final String NOW = "The supplier as it is now.";
  static final String REFUSED = "The secret is not accepted; the problem says why.";
  static final String LACKS = "The calling key lacks a scope; the problem names it.";
  static final String WRONG = "A member or parameter is unknown or wrong; the problem names it.";
  static final String VERSION = "The supplier is at another version than `If-Match` names.";
  static final String REPEAT = "1 to 255 visible ASCII characters of your choice.";

  @Inject private CurrentCaller current;
  @Inject private HttpServletRequest request;
  @Inject private Idempotency idempotency;
  @Inject private Suppliers suppliers;

  private Caller caller() {
    return current.get();
  }

  /** The suppliers that the caller may see and change. */
  Reach reach() {
    return caller().reach();
  }

  OrganisationId organisation() {
    return caller().organisationId();
  }

  /** The caller as the actor of an audit event. */
  Actor actor() {
    return Actor.of(caller(), ClientAddress.of(request));
  }

  static UUID supplier(String id) {
    return Ids.inPath("supplier", id);
  }

  /** The versions that may be acted on: any, unless the header names some. */
  static IfMatch anyOr(@Nullable String header) {
    return header == null ? IfMatch.ANY : IfMatch.of(header);
  }

  /**
   * Creates something once for each {@code Idempotency-Key}.
   *
   * @param operation its name, which must never change
   * @param id of what was created
   */
  <T extends Record> Response created(
      String operation,
      @Nullable String idempotencyKey,
      Record body,
      Supplier<T> create,
      Function<T, UUID> id) {
    return once(201, operation, idempotencyKey, body, create, id);
  }

  /** Begins something once for each {@code Idempotency-Key}, which goes on after the answer. */
  <T extends Record> Response accepted(
      String operation,
      @Nullable String idempotencyKey,
      Record body,
      Supplier<T> begin,
      Function<T, UUID> id) {
    return once(202, operation, idempotencyKey, body, begin, id);
  }

  /**
   * Does something once for each {@code Idempotency-Key}, in one transaction.
   *
   * @param operation its name, which must never change
   */
  <T extends Record> Response done(
      String operation, @Nullable String idempotencyKey, Record body, Supplier<T> work) {
    return once(
        operation, idempotencyKey, body, () -> new Answer(200, null, JsonText.of(work.get())));
  }

  private <T extends Record> Response once(
      int status,
      String operation,
      @Nullable String idempotencyKey,
      Record body,
      Supplier<T> create,
      Function<T, UUID> id) {
    return once(
        operation,
        idempotencyKey,
        body,
        () -> {
          T view = create.get();
          return new Answer(
              status, request.getRequestURI() + "/" + id.apply(view), JsonText.of(view));
        });
  }

  private Response once(
      String operation, @Nullable String idempotencyKey, Record body, Supplier<Answer> work) {
    return idempotency
        .answerWithoutSecret(
            organisation(),
            caller().keyId(),
            idempotencyKey,
            RequestDigest.of(operation, body),
            work)
        .response();
  }

  /**
   * An answer that is a supplier, with its version.
   *
   * @throws io.keyturn.problem.ProblemException 404 for a repeated answer of a supplier that the
   *     caller does not see now
   */
  Response ofSupplier(Response answer) {
    JsonObject supplier = RecordWriter.object((String) answer.getEntity());
    if (reach().locations().limited()) {
      suppliers.get(reach(), UUID.fromString(supplier.getString("id")));
    }
    int version = supplier.getInt("version");
    return Response.fromResponse(answer).tag(Integer.toString(version)).build();
  }
}
