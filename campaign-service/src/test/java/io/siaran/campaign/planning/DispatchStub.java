package io.siaran.campaign.planning;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.siaran.localstack.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Plays dispatch-service where this service looks for it: notes what it is asked and gives one answer to all. */
public final class DispatchStub implements AutoCloseable {

    public record Asked(String uri, String token) {}

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private DispatchStub(HttpServer server) {
        this.server = server;
    }

    public static DispatchStub answers(int status, String answer) {
        return answersAfter(Duration.ZERO, status, answer);
    }

    static DispatchStub answersAfter(Duration pause, int status, String answer) {
        try {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), TestServers.dispatchPort()), 0);
            DispatchStub stub = new DispatchStub(server);
            server.createContext("/", exchange -> stub.answer(exchange, pause, status, answer));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return stub;
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange, Duration pause, int status, String answer) throws IOException {
        asked.add(new Asked(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "")));
        try (exchange) {
            Thread.sleep(pause);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
