package io.siaran.localstack.frontdoor;

import io.siaran.localstack.frontdoor.Problem.Kind;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Set;

/** What a caller is told when the service behind the front door does not answer. */
record ServiceFault(Upstream upstream, HttpServerRequest request) {

    private static final Set<HttpMethod> REPEATABLE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int RETRY_SECONDS = 2;

    /** Whether nothing is done twice by asking twice. */
    boolean isRepeatable() {
        return REPEATABLE.contains(request.method());
    }

    Problem down() {
        return problem(Kind.UNAVAILABLE, "%s is down.").retryAfterSeconds(RETRY_SECONDS);
    }

    Problem busy() {
        return problem(Kind.UNAVAILABLE, "%s has too many requests to answer.").retryAfterSeconds(RETRY_SECONDS);
    }

    /** The request was passed on: whether it was carried out before the connection broke, nobody knows here. */
    Problem broken() {
        return unclear(Kind.BAD_GATEWAY, "%s gave no answer");
    }

    Problem late(Duration limit) {
        return unclear(Kind.GATEWAY_TIMEOUT, "%s gave no answer within " + limit.toSeconds() + " seconds");
    }

    private Problem unclear(Kind kind, String what) {
        return isRepeatable()
                ? problem(kind, what + ".").retryAfterSeconds(RETRY_SECONDS)
                : problem(kind, what + "; it may have carried out the request.");
    }

    private Problem problem(Kind kind, String detail) {
        return Problem.of(kind, detail.formatted(upstream.name()), request.path());
    }
}
