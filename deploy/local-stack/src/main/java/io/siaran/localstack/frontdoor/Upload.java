package io.siaran.localstack.frontdoor;

import io.siaran.localstack.frontdoor.IncomingBody.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/**
 * A file, passed on while it comes: no more of it than a few pieces is held here, and the caller writes no faster than the
 * service reads. Only for the paths that take files; each of them holds a connection to its service meanwhile.
 */
final class Upload {

    private static final Set<String> PATHS = Set.of("/api/v1/leads/import");

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final DoorLimits limits;
    private final Promise<Void> passedOn = Promise.promise();

    private HttpClientRequest service;
    private long bytes;
    private long timer;

    /** Nothing of it is read until {@link #into}. */
    Upload(Vertx vertx, HttpServerRequest request, DoorLimits limits) {
        this.vertx = vertx;
        this.request = request;
        this.limits = limits;
        request.pause();
    }

    static boolean isOne(HttpMethod method, String path) {
        return method.equals(HttpMethod.POST) && PATHS.contains(path);
    }

    /** Completes when the service has all of it; fails by {@link Refused}, or by what broke the connection. */
    Future<Void> into(HttpClientRequest to) {
        service = to;
        String announced = request.getHeader("Content-Length");
        if (IncomingBody.isAbove(limits.uploadBytes(), announced)) {
            return Future.failedFuture(IncomingBody.tooLarge(request, limits.uploadBytes()));
        }
        if (announced == null) {
            service.setChunked(true);
        } else {
            service.putHeader("Content-Length", announced);
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.exceptionHandler(this::end);
        request.handler(this::take);
        request.endHandler(_ -> whole());
        expectMore();
        request.resume();
        return passedOn.future();
    }

    /** Throws the rest away: the answer came before the end. */
    void leave(IncomingBody rest) {
        if (passedOn.tryFail("not wanted")) {
            vertx.cancelTimer(timer);
            rest.discard();
            request.resume();
        }
    }

    private void take(Buffer piece) {
        vertx.cancelTimer(timer);
        if (passedOn.future().isComplete()) {
            return;
        }
        bytes += piece.length();
        if (bytes > limits.uploadBytes()) {
            end(IncomingBody.tooLarge(request, limits.uploadBytes()));
            return;
        }
        service.write(piece);
        if (service.writeQueueFull()) {
            request.pause();
            service.drainHandler(_ -> {
                expectMore();
                request.resume();
            });
        } else {
            expectMore();
        }
    }

    private void whole() {
        vertx.cancelTimer(timer);
        if (!passedOn.future().isComplete()) {
            service.end();
            passedOn.tryComplete();
        }
    }

    private void expectMore() {
        vertx.cancelTimer(timer);
        if (!passedOn.future().isComplete()) {
            timer = vertx.setTimer(limits.body().toMillis(), _ -> end(IncomingBody.late(request, limits.body())));
        }
    }

    private void end(Throwable reason) {
        vertx.cancelTimer(timer);
        passedOn.tryFail(reason);
    }
}
