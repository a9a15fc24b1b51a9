package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Bounds how long a body is waited for from here on: who sends it byte by byte would hold its place, and what is bounded by
 * places, for ever. What is late is answered with 408, and nothing more of it is read. How long it takes to answer a body that has
 * ended is no matter here.
 */
public final class BodyDeadline implements Handler<RoutingContext> {

    private static final long NO_ERROR = 0;

    private final ObjectMapper mapper;
    private final Duration within;

    public BodyDeadline(ObjectMapper mapper, Duration within) {
        this.mapper = mapper;
        this.within = within;
    }

    @Override
    public void handle(RoutingContext exchange) {
        Vertx vertx = exchange.vertx();
        long timer = vertx.setTimer(within.toMillis(), _ -> judge(exchange));
        // Of each request one of them is called: what is over must not be kept until its deadline.
        exchange.addEndHandler(_ -> vertx.cancelTimer(timer));
        exchange.addBodyEndHandler(_ -> vertx.cancelTimer(timer));
        exchange.next();
    }

    private void judge(RoutingContext exchange) {
        HttpServerResponse response = exchange.response();
        if (exchange.request().isEnded() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            close(exchange);
        } else {
            refuse(exchange, response);
        }
    }

    private void refuse(RoutingContext exchange, HttpServerResponse response) {
        Problem problem = Problem.of(
                ProblemCode.REQUEST_TIMEOUT,
                "the body did not end within " + within.toSeconds() + " s",
                exchange.request().path());
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (!isMultiplexed(exchange)) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        exchange.end(RestJson.write(mapper, problem)).onComplete(_ -> close(exchange));
    }

    /** The rest of the body is still on its way. Of HTTP/2 the other requests of the connection may be somebody else's. */
    private static void close(RoutingContext exchange) {
        if (isMultiplexed(exchange)) {
            exchange.response().reset(NO_ERROR);
        } else {
            exchange.request().connection().close();
        }
    }

    private static boolean isMultiplexed(RoutingContext exchange) {
        return exchange.request().version() == HttpVersion.HTTP_2;
    }
}
