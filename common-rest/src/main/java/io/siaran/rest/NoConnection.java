package io.siaran.rest;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import java.util.stream.Stream;

/** How the pool of connections to PostgreSQL says that none became free in time: nothing was begun, so a caller may repeat. */
final class NoConnection {

    private static final int DEEPEST = 10;

    private NoConnection() {}

    static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(NoConnection::isOne);
    }

    private static boolean isOne(Throwable failure) {
        return failure instanceof ConnectionPoolTooBusyException
                || (failure instanceof NoStackTraceThrowable && "Timeout".equals(failure.getMessage()));
    }
}
