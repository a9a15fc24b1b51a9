package io.siaran.localstack.frontdoor;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that tells what reached it; {@code /slow} is never answered. */
final class RecordingService implements AutoCloseable {

    record Heard(String line, MultiMap headers, String body) {}

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    RecordingService() {
        server = vertx.createHttpServer()
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    connection.closeHandler(_ -> connections.decrementAndGet());
                })
                .requestHandler(this::hear)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void hear(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            heard.add(new Heard(request.method() + " " + request.uri(), request.headers(), body.toString()));
            if (request.path().equals("/docs/only/openapi.json")) {
                request.response()
                        .end("{\"openapi\":\"3.0.3\",\"info\":{\"version\":\"1\"},\"paths\":{\"/api/v1/leads\":{}}}");
            } else if (!request.path().endsWith("/slow")) {
                request.response()
                        .putHeader("Location", "/api/v1/leads/1")
                        .putHeader("Connection", "X-Private")
                        .putHeader("X-Private", "of this connection")
                        .end("heard " + body.length());
            }
        });
    }

    Upstream upstream() {
        return new Upstream("only-service", "only", server.actualPort());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
