package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.time.Duration;

/**
 * Bounds how long a body is waited for from here on: who sends it byte by byte would hold its place, and what is bounded by
 * places, for ever. What is late is answered with 408, and nothing more of it is read. How long it takes to answer a body that has
 * ended is no matter here.
 */
public final class BodyDeadline implements Handler<RoutingContext> {

    private static final long NO_ERROR = 0;
    private static final String ARRIVAL = BodyDeadline.class.getName();

    /** Who has less time left than this is looked at no sooner: while a reader pauses that little stays as it is. */
    private static final long SOONEST_LOOK_MILLIS = 100;

    private final ObjectMapper mapper;
    private final Duration within;
    private final long bytesPerSecond;

    /** @param within all of it has to be here, however long it is */
    public BodyDeadline(ObjectMapper mapper, Duration within) {
        this(mapper, within, Long.MAX_VALUE);
    }

    /**
     * For large bodies: who goes on sending is waited for.
     *
     * @param within it has to be here beyond what so many bytes a second would take; also who was fast before has no longer
     */
    public BodyDeadline(ObjectMapper mapper, Duration within, long bytesPerSecond) {
        this.mapper = mapper;
        this.within = within;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public void handle(RoutingContext exchange) {
        Arrival arrival = new Arrival(exchange);
        // Of each request one of them is called: what is over must not be kept until its deadline.
        exchange.addEndHandler(_ -> arrival.end());
        exchange.addBodyEndHandler(_ -> arrival.end());
        exchange.put(ARRIVAL, arrival);
        arrival.expectMore();
        exchange.next();
    }

    /**
     * For a reader that has other things to do between its reads, as to store what it read: from now on only the time within reads
     * counts as time in which more is waited for, since nothing more is taken from who sends meanwhile.
     *
     * @param body of that exchange
     * @return what is to be read instead of it
     */
    public static InputStream countingReads(RoutingContext exchange, InputStream body) {
        Arrival arrival = exchange.get(ARRIVAL);
        return arrival == null ? body : arrival.readBy(new PausedBody(body));
    }

    private void letGo(RoutingContext exchange) {
        HttpServerResponse response = exchange.response();
        if (response.headWritten()) {
            close(exchange);
        } else {
            refuse(exchange, response);
        }
    }

    private void refuse(RoutingContext exchange, HttpServerResponse response) {
        Problem problem = Problem.of(
                ProblemCode.REQUEST_TIMEOUT,
                bytesPerSecond == Long.MAX_VALUE
                        ? "the body did not end within " + within.toSeconds() + " s"
                        : "the body comes too slowly",
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

    /** One body that comes in. */
    private final class Arrival {

        private final RoutingContext exchange;
        private final ReaderTime time = new ReaderTime(within, bytesPerSecond);
        private long looked = System.nanoTime();
        private long bytes;
        private long paused;
        private long timer;
        private volatile PausedBody body;

        private Arrival(RoutingContext exchange) {
            this.exchange = exchange;
        }

        private InputStream readBy(PausedBody reader) {
            body = reader;
            return reader;
        }

        private void expectMore() {
            timer = exchange.vertx()
                    .setTimer(Math.max(SOONEST_LOOK_MILLIS, time.left().toMillis()), _ -> look());
        }

        private void look() {
            if (exchange.request().isEnded() || exchange.response().closed()) {
                return;
            }
            long now = System.nanoTime();
            long all = exchange.request().bytesRead();
            long pausedUntilNow = body == null ? 0 : body.paused();
            time.took(all - bytes, now - looked - (pausedUntilNow - paused));
            looked = now;
            bytes = all;
            paused = pausedUntilNow;
            if (time.left().isZero()) {
                letGo(exchange);
            } else {
                expectMore();
            }
        }

        private void end() {
            exchange.vertx().cancelTimer(timer);
        }
    }
}
