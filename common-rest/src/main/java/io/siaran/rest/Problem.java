package io.siaran.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * The body of every answer from 400 up, by <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>. The type is
 * always {@code about:blank}: the status says the kind, the members below say the rest.
 *
 * @param instance the path that was asked
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
        List<Violation> violations,
        String existingId,
        String errorId) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        violations = List.copyOf(violations);
    }

    static Problem of(int status, String detail, String instance) {
        return new Problem("about:blank", title(status), status, detail, instance, List.of(), null, null);
    }

    static Problem of(Refusal refusal, String instance) {
        int status = refusal.status();
        return new Problem(
                "about:blank",
                title(status),
                status,
                refusal.getMessage(),
                instance,
                refusal.violations(),
                refusal.existingId().orElse(null),
                null);
    }

    Problem withErrorId(String id) {
        return new Problem(type, title, status, detail, instance, violations, existingId, id);
    }

    ResponseBuilder<Problem> response() {
        return ResponseBuilder.<Problem>create(status).entity(this).type(MEDIA_TYPE);
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "HTTP " + status : known.getReasonPhrase();
    }
}
