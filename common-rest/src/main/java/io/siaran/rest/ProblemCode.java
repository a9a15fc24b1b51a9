package io.siaran.rest;

import io.siaran.model.WireEnum;

/** What went wrong, as a stable word for programs; {@code docs/problems.md} explains each to people. */
public enum ProblemCode implements WireEnum {
    INVALID_REQUEST(400),
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    /** The body did not end in time. */
    REQUEST_TIMEOUT(408),
    /** The state of the object does not allow it. */
    CONFLICT(409),
    /** {@code existing_id} names the object that is in the way. */
    ALREADY_EXISTS(409),
    /** The same request may succeed after {@code Retry-After}. */
    BUSY(409),
    PRECONDITION_FAILED(412),
    TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    UNPROCESSABLE(422),
    /** The {@code Idempotency-Key} was used for another request. */
    KEY_REUSED(422),
    /** The same request may succeed after {@code Retry-After}. */
    TOO_MANY_REQUESTS(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL_ERROR(500),
    UNAVAILABLE(503);

    private static final String TYPE = "urn:siaran:problem:";

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The {@code type} of RFC 9457. */
    public String type() {
        return TYPE + wire();
    }

    /** The first code of a status, which is its general one; another 4xx is a bad request, another 5xx our error. */
    static ProblemCode of(int status) {
        for (ProblemCode code : values()) {
            if (code.status == status) {
                return code;
            }
        }
        return status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
    }
}
