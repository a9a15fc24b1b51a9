package io.siaran.rest;

import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a caller may do wrong, as the answer it gets. Thrown by resources and use cases; a transaction rolls back. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Violation> violations;
    private final String existingId;
    private final Duration retryAfter;

    private Refusal(int status, String detail, List<Violation> violations, String existingId, Duration retryAfter) {
        // No stack trace: this is an answer, and a bulk request may need a thousand of them.
        super(detail, null, false, false);
        this.status = status;
        this.violations = List.copyOf(violations);
        this.existingId = existingId;
        this.retryAfter = retryAfter;
    }

    /** 404: there is no such object of this user; somebody else's looks the same. */
    public static Refusal notFound(String what, Object id) {
        return new Refusal(Status.NOT_FOUND.getStatusCode(), "no " + what + " " + id, List.of(), null, null);
    }

    /** 409: the object's state does not allow it. */
    public static Refusal conflict(String detail) {
        return new Refusal(Status.CONFLICT.getStatusCode(), detail, List.of(), null, null);
    }

    /** 409: it exists already; the answer carries {@code existing_id}. */
    public static Refusal conflict(String detail, Object existingId) {
        return new Refusal(Status.CONFLICT.getStatusCode(), detail, List.of(), existingId.toString(), null);
    }

    /** 409 with {@code Retry-After}: the same may succeed a little later. */
    public static Refusal busy(String detail, Duration retryAfter) {
        return new Refusal(Status.CONFLICT.getStatusCode(), detail, List.of(), null, retryAfter);
    }

    /** 400 that names one field. */
    public static Refusal invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    /** 400 that names every field that is wrong. */
    public static Refusal invalid(List<Violation> violations) {
        return new Refusal(Status.BAD_REQUEST.getStatusCode(), "the request is not valid", violations, null, null);
    }

    /** 422: well-formed, and yet it cannot be done. */
    public static Refusal unprocessable(String detail) {
        return new Refusal(422, detail, List.of(), null, null);
    }

    public int status() {
        return status;
    }

    public List<Violation> violations() {
        return violations;
    }

    public Optional<String> existingId() {
        return Optional.ofNullable(existingId);
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
