package io.siaran.localstack.frontdoor;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Closes the connection whose next head does not come, be it that nothing comes or that it comes drop by drop. Used by one
 * event loop only.
 */
final class Connections {

    private static final long NONE = -1;

    private final Vertx vertx;
    private final DoorLimits limits;
    private final Map<HttpConnection, Long> timers = new IdentityHashMap<>();

    Connections(Vertx vertx, DoorLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    void opened(HttpConnection connection) {
        connection.closeHandler(_ -> forget(connection));
        if (timers.size() >= limits.connections()) {
            connection.close();
            return;
        }
        timers.put(connection, NONE);
        expectHead(connection, limits.head());
    }

    /** A whole head has come. */
    void begun(HttpConnection connection) {
        timers.computeIfPresent(connection, (_, timer) -> {
            vertx.cancelTimer(timer);
            return NONE;
        });
    }

    /** The request and its answer are over. */
    void ended(HttpConnection connection) {
        expectHead(connection, limits.idle());
    }

    private void expectHead(HttpConnection connection, Duration limit) {
        timers.computeIfPresent(connection, (_, before) -> {
            vertx.cancelTimer(before);
            return vertx.setTimer(limit.toMillis(), _ -> connection.close());
        });
    }

    private void forget(HttpConnection connection) {
        Long timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
