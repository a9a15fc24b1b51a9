package io.siaran.localstack.frontdoor;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.siaran.localstack.frontdoor.Problem.Kind;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;

/** Bytes that are no request, or too large a head for one: answered as a problem, and the connection is over. */
final class UnreadableRequest {

    private UnreadableRequest() {}

    static void answer(HttpServerRequest request) {
        request.response().putHeader("Connection", "close");
        problem(request.decoderResult().cause())
                .answer(request.response(), UUID.randomUUID().toString());
        request.connection().close();
    }

    private static Problem problem(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> Problem.of(Kind.URI_TOO_LONG, "The request line is too long.", "/");
            case TooLongHttpHeaderException _ -> Problem.of(Kind.HEADERS_TOO_LARGE, "The headers are too large.", "/");
            default -> Problem.invalid("request", "is not HTTP/1.1", "/");
        };
    }
}
