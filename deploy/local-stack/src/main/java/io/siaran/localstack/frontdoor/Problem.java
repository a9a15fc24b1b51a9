package io.siaran.localstack.frontdoor;

import io.siaran.model.Json;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A refusal of the front door itself, as the REST contract has it (RFC 9457). */
record Problem(Kind kind, String detail, String instance, List<Violation> violations, Optional<String> retryAfter) {

    /** The kinds, named as their codes; each with its status and that status' name. */
    enum Kind {
        INVALID_REQUEST(400, "Bad Request"),
        UNAUTHORIZED(401, "Unauthorized"),
        NOT_FOUND(404, "Not Found"),
        METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
        REQUEST_TIMEOUT(408, "Request Timeout"),
        TOO_LARGE(413, "Content Too Large"),
        URI_TOO_LONG(414, "URI Too Long"),
        HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
        BAD_GATEWAY(502, "Bad Gateway"),
        UNAVAILABLE(503, "Service Unavailable"),
        GATEWAY_TIMEOUT(504, "Gateway Timeout");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Violation(String field, String message, String code) {}

    private static final int LONGEST_INSTANCE = 200;

    Problem {
        instance = instance.length() > LONGEST_INSTANCE ? instance.substring(0, LONGEST_INSTANCE) : instance;
    }

    static Problem of(Kind kind, String detail, String instance) {
        return new Problem(kind, detail, instance, List.of(), Optional.empty());
    }

    /** A request that is wrong in that part of it. */
    static Problem invalid(String part, String message, String instance) {
        String detail = "The request is not valid: its " + part + " " + message + ".";
        Violation violation = new Violation(part, message, "invalid");
        return new Problem(Kind.INVALID_REQUEST, detail, instance, List.of(violation), Optional.empty());
    }

    Problem retryAfterSeconds(int seconds) {
        return new Problem(kind, detail, instance, violations, Optional.of(Integer.toString(seconds)));
    }

    void answer(HttpServerResponse response, String requestId) {
        response.setStatusCode(kind.status)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-store")
                .putHeader(RequestId.HEADER, requestId);
        retryAfter.ifPresent(seconds -> response.putHeader("Retry-After", seconds));
        response.end(json());
    }

    private String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:siaran:problem:" + kind.code());
        members.put("code", kind.code());
        members.put("title", kind.title);
        members.put("status", kind.status);
        members.put("detail", detail);
        members.put("instance", instance);
        if (!violations.isEmpty()) {
            members.put("violations", violations);
        }
        return Json.write(members);
    }
}
