package io.siaran.localstack.frontdoor;

import io.siaran.localstack.frontdoor.IncomingBody.Refused;
import io.siaran.localstack.frontdoor.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.util.Iterator;

/** One request passed on to a service, and its answer passed back. It ends with either side. */
final class Exchange {

    private final Vertx vertx;
    private final HttpClient client;
    private final DoorLimits limits;
    private final ServiceFault fault;
    private final Iterator<Integer> ports;
    private final HttpServerRequest request;
    private final RequestOptions options;
    private final String requestId;

    private HttpClientRequest passedOn;
    private boolean repeated;
    /** Its body is passed on while it comes, so it goes to one process only. */
    private boolean isFile;

    /** The caller has gone, or has an answer: whatever comes now comes too late. */
    private boolean over;

    private long timer;

    Exchange(
            Vertx vertx,
            HttpClient client,
            DoorLimits limits,
            Upstream upstream,
            Iterator<Integer> ports,
            HttpServerRequest request,
            RequestOptions options,
            String requestId) {
        this.vertx = vertx;
        this.client = client;
        this.limits = limits;
        this.fault = new ServiceFault(upstream, request);
        this.ports = ports;
        this.request = request;
        this.options = options;
        this.requestId = requestId;
        options.setPort(ports.next());
    }

    void begin(IncomingBody body) {
        HttpServerResponse response = request.response();
        response.exceptionHandler(_ -> end());
        response.closeHandler(_ -> end());
        body.read().onSuccess(this::passOn).onFailure(this::refuse);
    }

    /**
     * A file goes to the service as it comes: nothing of it can be passed on twice.
     *
     * @param gone what is to be done where the caller goes before it has an answer
     */
    void begin(Upload file, Runnable gone) {
        isFile = true;
        request.response().exceptionHandler(_ -> end());
        request.response().closeHandler(_ -> {
            end();
            gone.run();
        });
        client.request(options)
                .onSuccess(begun -> passOn(begun, file))
                .onFailure(failure -> failed(failure, Buffer.buffer()));
    }

    private void passOn(HttpClientRequest begun, Upload file) {
        passedOn = begun;
        if (over) {
            begun.reset();
            return;
        }
        begun.response().onSuccess(this::passBack).onFailure(failure -> failed(failure, Buffer.buffer()));
        file.into(begun).onSuccess(_ -> awaitAnswer()).onFailure(failure -> {
            if (!request.response().headWritten()) {
                refuse(failure);
                begun.reset();
            }
        });
    }

    private void awaitAnswer() {
        if (!over && !request.response().headWritten()) {
            timer = vertx.setTimer(limits.answer().toMillis(), _ -> giveUp());
        }
    }

    private void refuse(Throwable failure) {
        if (over) {
            return;
        }
        if (!(failure instanceof Refused refused)) {
            // The connection broke, or its bytes are no HTTP: there is nobody to answer.
            request.connection().close();
            return;
        }
        if (refused.problem().kind() == Kind.UNAUTHORIZED) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
        }
        answer(refused.problem());
        if (refused.problem().kind() == Kind.REQUEST_TIMEOUT) {
            request.connection().close();
        }
    }

    private void passOn(Buffer body) {
        if (over) {
            return;
        }
        timer = vertx.setTimer(limits.answer().toMillis(), _ -> giveUp());
        client.request(options)
                .compose(begun -> send(begun, body))
                .onSuccess(this::passBack)
                .onFailure(failure -> failed(failure, body));
    }

    private Future<HttpClientResponse> send(HttpClientRequest begun, Buffer body) {
        passedOn = begun;
        if (over) {
            begun.reset();
            return Future.failedFuture("too late");
        }
        boolean bare = body.length() == 0 && fault.isRepeatable();
        return bare ? begun.send() : begun.send(body);
    }

    private void passBack(HttpClientResponse from) {
        vertx.cancelTimer(timer);
        if (over) {
            passedOn.reset();
            return;
        }
        HttpServerResponse to = request.response().setStatusCode(from.statusCode());
        ForwardedHead.copy(from.headers(), to.headers());
        if (!to.headers().contains(RequestId.HEADER)) {
            to.putHeader(RequestId.HEADER, requestId);
        }
        to.putHeader("X-Content-Type-Options", "nosniff");
        if (!to.headers().contains("Content-Length") && hasBody(from)) {
            to.setChunked(true);
        }
        // A half answer must not look whole: the caller's connection breaks as the service's did.
        from.pipeTo(to).onFailure(_ -> request.connection().close());
    }

    private boolean hasBody(HttpClientResponse from) {
        return request.method() != HttpMethod.HEAD && from.statusCode() != 204 && from.statusCode() != 304;
    }

    private void failed(Throwable failure, Buffer body) {
        vertx.cancelTimer(timer);
        if (over) {
            return;
        }
        if (failure instanceof ConnectException && !isFile && ports.hasNext()) {
            // This process took nothing: another one may.
            options.setPort(ports.next());
            passOn(body);
        } else if (failure instanceof ConnectException) {
            answer(fault.down());
        } else if (failure instanceof ConnectionPoolTooBusyException) {
            answer(fault.busy());
        } else if (fault.isRepeatable() && !repeated) {
            // A kept connection may have ended just before it was used.
            repeated = true;
            passOn(body);
        } else {
            answer(fault.broken());
        }
    }

    private void giveUp() {
        if (over) {
            return;
        }
        answer(fault.late(limits.answer()));
        if (passedOn != null) {
            passedOn.reset();
        }
    }

    private void answer(Problem problem) {
        over = true;
        vertx.cancelTimer(timer);
        problem.answer(request.response(), requestId);
    }

    private void end() {
        over = true;
        vertx.cancelTimer(timer);
        if (passedOn != null) {
            passedOn.reset();
        }
    }
}
