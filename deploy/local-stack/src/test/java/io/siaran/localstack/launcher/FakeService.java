package io.siaran.localstack.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Stands in for a packaged service: ready at once, and answers every path with what it was asked. */
final class FakeService {

    private FakeService() {}

    /** The gateway has a call under way for as long as the file is there that this variable names. */
    static final String CALLS_WHILE = "FAKE_GATEWAY_CALLS_WHILE";

    public static void main(String[] arguments) throws IOException {
        String calling = System.getenv(CALLS_WHILE);
        if (calling != null && isGateway()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitAbsence(Path.of(calling))));
        }
        listen("SIARAN_HTTP_PORT");
        listen("SIARAN_MANAGEMENT_PORT");
    }

    private static void awaitAbsence(Path file) {
        while (Files.exists(file)) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean isGateway() {
        return System.getenv().containsKey("SIARAN_GATEWAY_CREDENTIAL_KEY");
    }

    private static void listen(String setting) throws IOException {
        int port = Integer.parseInt(System.getenv(setting));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", FakeService::echo);
        server.start();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().endsWith("/hang-up")) {
            // The server answers an exception by closing the connection.
            throw new IOException("hangs up, as asked");
        }
        if (exchange.getRequestURI().getPath().endsWith("/key")) {
            answer(exchange, "key " + isGateway());
            return;
        }
        if (exchange.getRequestURI().getPath().endsWith("/connections")) {
            answer(exchange, "connections " + System.getenv("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE"));
            return;
        }
        if (exchange.getRequestURI().getPath().endsWith("/port")) {
            answer(exchange, "port " + exchange.getLocalAddress().getPort());
            return;
        }
        answer(exchange, asked(exchange));
    }

    private static String asked(HttpExchange exchange) throws IOException {
        return exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
