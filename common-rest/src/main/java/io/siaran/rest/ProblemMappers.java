package io.siaran.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.siaran.model.InvalidPhoneNumber;
import io.smallrye.mutiny.Uni;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Answers every exception that leaves a resource, in one place.
 *
 * <p>Public because Quarkus generates its callers into the class loader of the service.
 */
public class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("\\s*[\\w!#$&^.+-]+/[\\w!#$&^.+-]+\\s*(;\\s*[\\w-]+=(\"[^\"]*\"|[^\\s;\"]+)\\s*)*");

    private final AllowedMethods allowed;
    private final HiddenObjects hidden;

    ProblemMappers(AllowedMethods allowed, HiddenObjects hidden) {
        this.allowed = allowed;
        this.hidden = hidden;
    }

    @ServerExceptionMapper
    public Response refused(Refusal refusal, UriInfo uri) {
        var response = Problem.of(refusal, uri.getPath()).response();
        refusal.retryAfter().ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
        return response.build().toResponse();
    }

    @ServerExceptionMapper
    public Response invalidPhone(InvalidPhoneNumber invalid, UriInfo uri) {
        return refused(Refusal.invalid("phone", invalid.getMessage(), ViolationCode.INVALID_PHONE), uri);
    }

    @ServerExceptionMapper
    public Uni<Response> unreadableBody(UnreadableBody unreadable, UriInfo uri) {
        return hidden.unlessHidden(refused(unreadable.refusal(), uri), uri.getPath());
    }

    @ServerExceptionMapper
    public Uni<Response> invalid(ConstraintViolationException invalid, UriInfo uri) {
        if (invalid.getConstraintViolations().stream().anyMatch(ProblemMappers::isOurAnswer)) {
            return Uni.createFrom().item(unexpected(invalid, uri));
        }
        List<Violation> violations = invalid.getConstraintViolations().stream()
                .map(BeanViolations::of)
                .sorted(BeanViolations.ORDER)
                .toList();
        return hidden.unlessHidden(refused(Refusal.invalid(violations), uri), uri.getPath());
    }

    /** The others of Jackson's exceptions come wrapped when a body is read; bare, they are about our own writing. */
    @ServerExceptionMapper
    public Response unreadable(MismatchedInputException unreadable, UriInfo uri) {
        return refused(JsonViolations.refusal(unreadable), uri);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthenticated(SecurityException refused, UriInfo uri) {
        return Problem.of(ProblemCode.UNAUTHORIZED, "a valid bearer token is required", uri.getPath())
                .response()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException refused, UriInfo uri) {
        return Problem.of(ProblemCode.FORBIDDEN, "the token's groups do not allow this", uri.getPath())
                .response()
                .build()
                .toResponse();
    }

    /** No such path, method or media type; and what it wraps: a parameter or a body that we refused. */
    @ServerExceptionMapper
    public Uni<Response> refusedByFramework(WebApplicationException refused, UriInfo uri, HttpHeaders headers) {
        return switch (refused.getCause()) {
            case Refusal own -> Uni.createFrom().item(refused(own, uri));
            case UnreadableBody unreadable -> unreadableBody(unreadable, uri);
            case JsonProcessingException unreadable ->
                hidden.unlessHidden(refused(JsonViolations.refusal(unreadable), uri), uri.getPath());
            case null, default -> byStatus(refused, uri, headers);
        };
    }

    private Uni<Response> byStatus(WebApplicationException refused, UriInfo uri, HttpHeaders headers) {
        int status = refused.getResponse().getStatus();
        if (status < 400) {
            return Uni.createFrom().item(refused.getResponse());
        }
        if (status >= 500) {
            return Uni.createFrom().item(unexpected(refused, uri));
        }
        return switch (status) {
            case 400 -> hidden.unlessHidden(refused(unreadable(headers), uri), uri.getPath());
            case 415 -> hidden.unlessHidden(problem(refused.getResponse(), uri), uri.getPath());
            default -> Uni.createFrom().item(problem(refused.getResponse(), uri));
        };
    }

    private Response problem(Response answer, UriInfo uri) {
        Response problem = Problem.of(answer.getStatus(), Problem.detail(answer.getStatus()), uri.getPath())
                .response()
                .build()
                .toResponse();
        answer.getHeaders().forEach(problem.getHeaders()::putIfAbsent);
        if (answer.getStatus() == ProblemCode.METHOD_NOT_ALLOWED.status()) {
            problem.getHeaders().putSingle(HttpHeaders.ALLOW, allowed.of(uri.getPath()));
        }
        return problem;
    }

    /** The framework says of a 400 neither why nor where; what it reads by itself is the type of the body, and the body. */
    private static Refusal unreadable(HttpHeaders headers) {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type == null || MEDIA_TYPE.matcher(type).matches()
                ? Refusal.invalid("body", "cannot be read")
                : Refusal.invalid(HttpHeaders.CONTENT_TYPE, "must be a media type, like application/json");
    }

    @ServerExceptionMapper({Throwable.class, ValidationException.class})
    public Response unexpected(Throwable bug, UriInfo uri) {
        if (NoConnection.isCauseOf(bug)) {
            LOG.warnf("no connection became free: route=%s", LoggedRoute.current());
            return refused(Refusal.unavailable("too much is asked of the database at once", AGAIN_AFTER), uri);
        }
        // A body that broke off is not logged: it is nobody's mistake here.
        return BrokenBody.code(bug)
                .map(code -> Problem.of(code, "the body could not be read to its end", uri.getPath()))
                .orElseGet(() -> ours(bug, uri.getPath()))
                .response()
                .build()
                .toResponse();
    }

    private static Problem ours(Throwable bug, String path) {
        String errorId = UUID.randomUUID().toString();
        LOG.errorf(bug, "request failed: error_id=%s route=%s", errorId, LoggedRoute.current());
        return Problem.of(ProblemCode.INTERNAL_ERROR, "the log says more under this error_id", path)
                .withErrorId(errorId);
    }

    private static boolean isOurAnswer(ConstraintViolation<?> violation) {
        return StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE);
    }
}
