package io.siaran.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * The body of every answer from 400 up, by <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 *
 * @param type {@code urn:siaran:problem:} and the code
 * @param title the name of the status
 * @param detail what happened, in a sentence
 * @param instance the path that was asked
 * @param code the kind of problem, for programs
 * @param violations what is wrong with the request, of a 400
 * @param existingId the object that is in the way, of a 409
 * @param errorId stands in our log beside the cause, of a 500
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        ProblemCode code,
        List<Violation> violations,
        String existingId,
        String errorId) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        violations = List.copyOf(violations);
    }

    static Problem of(ProblemCode code, String detail, String instance) {
        return of(code, code.status(), detail, instance);
    }

    /** For a status of the framework's, which may be one that has no code of its own. */
    static Problem of(int status, String detail, String instance) {
        return of(ProblemCode.of(status), status, detail, instance);
    }

    static Problem of(Refusal refusal, String instance) {
        Problem problem = of(refusal.code(), refusal.getMessage(), instance);
        return new Problem(
                problem.type,
                problem.title,
                problem.status,
                problem.detail,
                instance,
                problem.code,
                refusal.violations(),
                refusal.existingId().orElse(null),
                null);
    }

    Problem withErrorId(String id) {
        return new Problem(type, title, status, detail, instance, code, violations, existingId, id);
    }

    ResponseBuilder<Problem> response() {
        return ResponseBuilder.<Problem>create(status).entity(this).type(MEDIA_TYPE);
    }

    private static Problem of(ProblemCode code, int status, String detail, String instance) {
        return new Problem(code.type(), title(status), status, detail, instance, code, List.of(), null, null);
    }

    /** For what the framework refuses by itself. */
    static String detail(int status) {
        return switch (status) {
            case 404 -> "there is nothing at this path";
            case 405 -> "this path does not take this method; the Allow header names those it takes";
            case 406 -> "there is no answer of a type that the Accept header takes";
            case 413 -> "the body is too large";
            case 415 -> "a body of this Content-Type is not read here";
            default -> "the request cannot be read";
        };
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known != null ? known.getReasonPhrase() : status == 422 ? "Unprocessable Content" : "HTTP " + status;
    }
}
