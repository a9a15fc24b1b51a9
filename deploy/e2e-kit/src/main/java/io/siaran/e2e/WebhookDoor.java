package io.siaran.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Stands between the bridge and the gateway, and can be shut: then the gateway's webhook is away for the bridge. */
final class WebhookDoor implements AutoCloseable {

    private static final List<String> PASSED_ON = List.of("X-Siaran-Timestamp", "X-Siaran-Signature", "Content-Type");

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;
    private final String gateway;
    private volatile boolean shut;
    private volatile boolean forgetsToSaySo;
    private volatile Optional<String> unreadable = Optional.empty();

    /** @param gateway its address without a path */
    WebhookDoor(String gateway) {
        this.gateway = gateway;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/callbacks";
    }

    void shut() {
        shut = true;
    }

    void open() {
        shut = false;
        unreadable = Optional.empty();
    }

    /** What has these words in it is refused as an older gateway refuses what it does not know. */
    void refuseForGood(String words) {
        unreadable = Optional.of(words);
    }

    /** What the gateway took is not acknowledged, so that it is told once more. */
    void loseAnswers(boolean lose) {
        forgetsToSaySo = lose;
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean isRefused = unreadable
                .filter(words -> new String(body, StandardCharsets.UTF_8).contains(words))
                .isPresent();
        int status = shut ? 503 : isRefused ? 422 : told(exchange, body);
        exchange.sendResponseHeaders(forgetsToSaySo ? 502 : status, -1);
        exchange.close();
    }

    private int told(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + exchange.getRequestURI()))
                .POST(BodyPublishers.ofByteArray(body));
        for (String name : PASSED_ON) {
            request.header(name, exchange.getRequestHeaders().getFirst(name));
        }
        try {
            HttpResponse<Void> answer = http.send(request.build(), BodyHandlers.discarding());
            return answer.statusCode();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return 503;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
