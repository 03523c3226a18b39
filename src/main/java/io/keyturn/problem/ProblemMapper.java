package io.keyturn.problem;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Maps every exception to a problem document. For an unforeseen exception, the document reveals
 * nothing about it.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

  @Context private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    // This comes before exceptions with a status of their own, since any exception may wrap a
    // problem.
    Optional<Failure> foreseen = Failure.of(thrown);
    if (foreseen.isPresent()) {
      return answer(foreseen.get().problem(), foreseen.get().headers());
    }
    if (thrown instanceof WebApplicationException e) {
      return ofWeb(e);
    }
    if (thrown instanceof ConstraintViolationException e) {
      return answer(Problem.of(ProblemException.invalid(errors(e))), Map.of());
    }
    if (thrown instanceof JsonException
        || thrown instanceof JsonbException
        || thrown instanceof ProcessingException
        || thrown instanceof StackOverflowError) {
      return answer(
          Problem.of(ProblemType.MALFORMED_REQUEST, "The body is not the JSON that is read here."),
          Map.of());
    }
    LOG.log(Level.SEVERE, "request " + RequestId.of(request) + " failed", Told.of(thrown));
    return answer(
        Problem.of(
            ProblemType.INTERNAL_ERROR,
            "The request failed for a reason of ours. Its id finds it in our log."),
        Map.of());
  }

  private Response ofWeb(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    Response.ResponseBuilder answer =
        Response.fromResponse(
            answer(Problem.of(ProblemType.ofStatus(status), detail(status)), Map.of()));
    String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? answer.build() : answer.header(HttpHeaders.ALLOW, allow).build();
  }

  /** A sentence for a status without a detail. */
  static String detail(int status) {
    return switch (ProblemType.ofStatus(status)) {
      case NOT_FOUND -> "Nothing is found at this address.";
      case METHOD_NOT_ALLOWED -> "The header Allow names the methods of this address.";
      case NOT_ACCEPTABLE -> "Answers are application/json.";
      case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json.";
      case CONTENT_TOO_LARGE -> "The body is larger than this server reads.";
      case INTERNAL_ERROR -> "The request failed for a reason of ours. Its id finds it in our log.";
      default -> "The request cannot be read.";
    };
  }

  private static List<FieldError> errors(ConstraintViolationException e) {
    return e.getConstraintViolations().stream()
        .map(v -> new FieldError(field(v), v.getMessage()))
        .sorted((a, b) -> a.field().compareTo(b.field()))
        .toList();
  }

  private static String field(ConstraintViolation<?> violation) {
    String last = "";
    for (Path.Node node : violation.getPropertyPath()) {
      last = node.getName() == null ? last : node.getName();
    }
    return last;
  }

  private Response answer(Problem problem, Map<String, String> headers) {
    Response.ResponseBuilder response =
        Response.status(problem.type().status())
            .type(Problem.MEDIA_TYPE)
            .entity(problem.toJson(RequestId.of(request)));
    headers.forEach(response::header);
    return response.build();
  }
}
