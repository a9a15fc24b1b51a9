package io.siaran.rest;

import static io.siaran.rest.ProblemCode.ALREADY_EXISTS;
import static io.siaran.rest.ProblemCode.BUSY;
import static io.siaran.rest.ProblemCode.CONFLICT;
import static io.siaran.rest.ProblemCode.INVALID_REQUEST;
import static io.siaran.rest.ProblemCode.KEY_REUSED;
import static io.siaran.rest.ProblemCode.NOT_ACCEPTABLE;
import static io.siaran.rest.ProblemCode.NOT_FOUND;
import static io.siaran.rest.ProblemCode.PRECONDITION_FAILED;
import static io.siaran.rest.ProblemCode.TOO_MANY_REQUESTS;
import static io.siaran.rest.ProblemCode.UNAVAILABLE;
import static io.siaran.rest.ProblemCode.UNPROCESSABLE;
import static io.siaran.rest.ProblemCode.UNSUPPORTED_MEDIA_TYPE;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a caller may do wrong, as the answer it gets. Thrown by resources and use cases; a transaction rolls back. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<Violation> violations;
    private final String existingId;
    private final Duration retryAfter;

    private Refusal(
            ProblemCode code, String detail, List<Violation> violations, String existingId, Duration retryAfter) {
        // No stack trace: this is an answer, and a bulk request may need a thousand of them.
        super(detail, null, false, false);
        this.code = code;
        this.violations = List.copyOf(violations);
        this.existingId = existingId;
        this.retryAfter = retryAfter;
    }

    private Refusal(ProblemCode code, String detail) {
        this(code, detail, List.of(), null, null);
    }

    /** 404: there is no such object of this user; somebody else's looks the same. */
    public static Refusal notFound(String what, Object id) {
        return new Refusal(NOT_FOUND, "no " + what + " " + id);
    }

    /** 409: the object's state does not allow it. */
    public static Refusal conflict(String detail) {
        return new Refusal(CONFLICT, detail);
    }

    /** 409: it exists already; the answer carries {@code existing_id}, or none where it may not be told. */
    public static Refusal alreadyExists(String detail, Object existingId) {
        return new Refusal(ALREADY_EXISTS, detail, List.of(), existingId == null ? null : existingId.toString(), null);
    }

    /** The older name of {@link #alreadyExists}. */
    public static Refusal conflict(String detail, Object existingId) {
        return alreadyExists(detail, existingId);
    }

    /** 409 with {@code Retry-After}: the same may succeed a little later. */
    public static Refusal busy(String detail, Duration retryAfter) {
        return new Refusal(BUSY, detail, List.of(), null, retryAfter);
    }

    /** 412: the object is not, or no longer, the one that {@code If-Match} names. */
    public static Refusal preconditionFailed(String detail) {
        return new Refusal(PRECONDITION_FAILED, detail);
    }

    /** 400 that names one field. */
    public static Refusal invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    /** 400 that names one field. */
    public static Refusal invalid(String field, String message, ViolationCode code) {
        return invalid(List.of(new Violation(field, message, code)));
    }

    /** 400 that names every field that is wrong. */
    public static Refusal invalid(List<Violation> violations) {
        return new Refusal(INVALID_REQUEST, "the request is not valid", violations, null, null);
    }

    /** 406: no representation that the caller accepts. */
    static Refusal notAcceptable(String detail) {
        return new Refusal(NOT_ACCEPTABLE, detail);
    }

    /** 415: a body of this type is not read here. */
    public static Refusal unsupportedType(String detail) {
        return new Refusal(UNSUPPORTED_MEDIA_TYPE, detail);
    }

    /** 422: well-formed, and yet it cannot be done. */
    public static Refusal unprocessable(String detail) {
        return new Refusal(UNPROCESSABLE, detail);
    }

    /** 422: the {@code Idempotency-Key} was used for another request. */
    static Refusal keyReused(String detail) {
        return new Refusal(KEY_REUSED, detail);
    }

    /** 429 with {@code Retry-After}: the caller asks more often than it may. */
    public static Refusal tooMany(String detail, Duration retryAfter) {
        return new Refusal(TOO_MANY_REQUESTS, detail, List.of(), null, retryAfter);
    }

    /** 503 with {@code Retry-After}: something that the request needs is not there for the moment. */
    public static Refusal unavailable(String detail, Duration retryAfter) {
        return new Refusal(UNAVAILABLE, detail, List.of(), null, retryAfter);
    }

    public ProblemCode code() {
        return code;
    }

    public int status() {
        return code.status();
    }

    public List<Violation> violations() {
        return violations;
    }

    /**
     * As {@link #violations}, for who judges one row among many by itself.
     *
     * @throws Refusal this one, where it names no field: the row is not wrong, and what was not there for it may be in a moment
     */
    public List<Violation> violationsOfRow() {
        if (violations.isEmpty()) {
            throw this;
        }
        return violations;
    }

    public Optional<String> existingId() {
        return Optional.ofNullable(existingId);
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
