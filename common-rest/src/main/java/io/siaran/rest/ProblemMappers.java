package io.siaran.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.siaran.model.InvalidPhoneNumber;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
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

    private final AllowedMethods allowed;

    ProblemMappers(AllowedMethods allowed) {
        this.allowed = allowed;
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
    public Response invalid(ConstraintViolationException invalid, UriInfo uri) {
        if (invalid.getConstraintViolations().stream().anyMatch(ProblemMappers::isOurAnswer)) {
            return unexpected(invalid, uri);
        }
        List<Violation> violations = invalid.getConstraintViolations().stream()
                .map(BeanViolations::of)
                .sorted(BeanViolations.ORDER)
                .toList();
        return refused(Refusal.invalid(violations), uri);
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
    public Response refusedByFramework(WebApplicationException refused, UriInfo uri) {
        if (refused.getCause() instanceof Refusal own) {
            return refused(own, uri);
        }
        if (refused.getCause() instanceof JsonProcessingException unreadable) {
            return refused(JsonViolations.refusal(unreadable), uri);
        }
        Response answer = refused.getResponse();
        if (answer.getStatus() < 400) {
            return answer;
        }
        if (answer.getStatus() >= 500) {
            return unexpected(refused, uri);
        }
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

    @ServerExceptionMapper({Throwable.class, ValidationException.class})
    public Response unexpected(Throwable bug, UriInfo uri) {
        String errorId = UUID.randomUUID().toString();
        LOG.errorf(bug, "request failed: error_id=%s path=%s", errorId, uri.getPath());
        return Problem.of(ProblemCode.INTERNAL_ERROR, "the log says more under this error_id", uri.getPath())
                .withErrorId(errorId)
                .response()
                .build()
                .toResponse();
    }

    private static boolean isOurAnswer(ConstraintViolation<?> violation) {
        return StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE);
    }
}
