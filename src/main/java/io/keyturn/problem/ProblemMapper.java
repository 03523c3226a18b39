package io.keyturn.problem;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Optional;

/**
 * Maps every exception to a problem document. For an unforeseen exception, the document reveals
 * nothing about it.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final int INTERNAL_ERROR = 500;

  @Context private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    // This comes before exceptions with a status of their own, since any exception may wrap a
    // problem.
    Optional<Failure> foreseen = Failure.of(thrown);
    if (foreseen.isPresent()) {
      FailureLog.foreseen(request, foreseen.get(), thrown);
      return answer(foreseen.get().problem(), foreseen.get().headers());
    }
    if (thrown instanceof WebApplicationException e) {
      return ofWeb(e);
    }
    if (thrown instanceof JsonException
        || thrown instanceof JsonbException
        || thrown instanceof ProcessingException
        || thrown instanceof StackOverflowError) {
      return answer(
          Problem.of(ProblemType.MALFORMED_REQUEST, "The body is not JSON of the expected form."),
          Map.of());
    }
    FailureLog.unforeseen(request, thrown);
    return answer(Problem.ofStatus(INTERNAL_ERROR), Map.of());
  }

  private Response ofWeb(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    Response.ResponseBuilder answer =
        Response.fromResponse(answer(Problem.ofStatus(status), Map.of()));
    String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? answer.build() : answer.header(HttpHeaders.ALLOW, allow).build();
  }

  private Response answer(Problem problem, Map<String, String> headers) {
    request.setAttribute(Problem.ATTRIBUTE, problem);
    Response.ResponseBuilder response =
        Response.status(problem.type().status())
            .type(Problem.MEDIA_TYPE)
            .entity(problem.toJson(RequestId.of(request)));
    headers.forEach(response::header);
    return response.build();
  }
}
