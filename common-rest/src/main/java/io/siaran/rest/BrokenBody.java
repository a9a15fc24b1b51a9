package io.siaran.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;

/**
 * How Quarkus says that a body could not be read to its end: its caller went or was let go, or it turned out to be too long, and
 * then the connection is closed. Nobody hears the answer, and nothing is wrong here. What a server does that we ask ourselves is said in
 * another way, by the client that asks it.
 */
final class BrokenBody {

    private static final String TOO_LARGE = "Request too large";

    private BrokenBody() {}

    /** What is wrong with the request; empty where the failure says something else. */
    static Optional<ProblemCode> code(Throwable failure) {
        if (!(failure instanceof IOException) || failure instanceof JsonProcessingException) {
            return Optional.empty();
        }
        if (TOO_LARGE.equals(failure.getMessage())) {
            return Optional.of(ProblemCode.TOO_LARGE);
        }
        Throwable first = first(failure);
        return first instanceof HttpClosedException || first instanceof ClosedChannelException
                ? Optional.of(ProblemCode.REQUEST_TIMEOUT)
                : Optional.empty();
    }

    private static Throwable first(Throwable failure) {
        return failure.getCause() == null ? failure : first(failure.getCause());
    }
}
