package io.siaran.localstack.frontdoor;

import io.siaran.localstack.frontdoor.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * The body of one request, read whole before a service hears of it: a body that never ends holds no connection to a service.
 * What is refused is still read and thrown away for a while, because a caller who is writing does not see an answer.
 */
final class IncomingBody {

    /** Why a body is not taken. */
    static final class Refused extends Exception {

        private final transient Problem problem;

        private Refused(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    private static final long MOST_DISCARDED = 32L * 1_024 * 1_024;
    private static final int RETRY_SECONDS = 5;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final DoorLimits limits;
    private final HeldBytes held;
    private final Promise<Buffer> whole = Promise.promise();

    private Buffer taken = Buffer.buffer();
    private long discarded;
    private long timer;

    IncomingBody(Vertx vertx, HttpServerRequest request, DoorLimits limits, HeldBytes held) {
        this.vertx = vertx;
        this.request = request;
        this.limits = limits;
        this.held = held;
    }

    /** The whole body; fails by {@link Refused}, or by what broke the connection. */
    Future<Buffer> read() {
        if (isAbove(limits.bodyBytes(), request.getHeader("Content-Length"))) {
            return refused(tooLarge(request, limits.bodyBytes()));
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        listen();
        return whole.future();
    }

    /** Throws away what comes; the answer is already decided. */
    void discard() {
        whole.tryFail("not wanted");
        listen();
    }

    /** Gives back the room that the body took; what still comes is thrown away. */
    void release() {
        held.giveBack(taken.length());
        taken = Buffer.buffer();
        whole.tryFail("released");
    }

    static boolean isAbove(long limit, String announced) {
        return announced != null && (announced.length() > 15 || Long.parseLong(announced) > limit);
    }

    private Future<Buffer> refused(Refused refused) {
        whole.fail(refused);
        listen();
        return whole.future();
    }

    private void listen() {
        timer = vertx.setTimer(limits.body().toMillis(), _ -> late());
        request.exceptionHandler(failure -> {
            vertx.cancelTimer(timer);
            whole.tryFail(failure);
        });
        request.handler(this::take);
        request.endHandler(_ -> {
            vertx.cancelTimer(timer);
            whole.tryComplete(taken);
        });
    }

    private void take(Buffer piece) {
        if (whole.future().isComplete()) {
            throwAway(piece);
        } else if (taken.length() + piece.length() > limits.bodyBytes()) {
            whole.fail(tooLarge(request, limits.bodyBytes()));
        } else if (held.take(piece.length())) {
            taken.appendBuffer(piece);
        } else {
            whole.fail(tooMany(request));
        }
    }

    private void throwAway(Buffer piece) {
        discarded += piece.length();
        if (discarded > MOST_DISCARDED) {
            request.connection().close();
        }
    }

    private void late() {
        if (!whole.tryFail(late(request, limits.body()))) {
            request.connection().close();
        }
    }

    static Refused late(HttpServerRequest request, Duration limit) {
        return new Refused(problem(
                request,
                Kind.REQUEST_TIMEOUT,
                "The body did not come within %d seconds.".formatted(limit.toSeconds())));
    }

    static Refused tooMany(HttpServerRequest request) {
        return new Refused(problem(request, Kind.UNAVAILABLE, "Too many large requests at once.")
                .retryAfterSeconds(RETRY_SECONDS));
    }

    /** Without a token the size does not matter: whoever is not let in is not told what would be. */
    static Refused tooLarge(HttpServerRequest request, long limit) {
        return new Refused(
                request.getHeader("Authorization") == null
                        ? problem(request, Kind.UNAUTHORIZED, "A bearer token is required.")
                        : problem(request, Kind.TOO_LARGE, "The body is larger than %,d bytes.".formatted(limit)));
    }

    private static Problem problem(HttpServerRequest request, Kind kind, String detail) {
        return Problem.of(kind, detail, request.path());
    }
}
