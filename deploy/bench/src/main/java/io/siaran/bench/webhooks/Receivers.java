package io.siaran.bench.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tenants' own systems, of which those under {@code /hang/} never answer. */
final class Receivers implements AutoCloseable {

    private static final Pattern EVENT = Pattern.compile(
            "\"timestamp\":\"([^\"]+)\".*\"subject\":\"([^\"]+)\".*\"sequence\":(\\d+)", Pattern.DOTALL);
    private static final int BACKLOG = 2_048;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param late from the fact to the request */
    record Heard(String path, String id, String subject, long sequence, Instant fact, Duration late) {}

    Receivers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::hear);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What came to paths that begin so, in the order in which it came. */
    List<Heard> heard(String path) {
        return heard.stream().filter(each -> each.path.startsWith(path)).toList();
    }

    void forget() {
        heard.clear();
    }

    private void hear(HttpExchange exchange) throws IOException {
        Instant now = Instant.now();
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher event = EVENT.matcher(body);
            if (!event.find()) {
                throw new IOException("no event: " + body);
            }
            String path = exchange.getRequestURI().getPath();
            Instant fact = Instant.parse(event.group(1));
            heard.add(new Heard(
                    path,
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    event.group(2),
                    Long.parseLong(event.group(3)),
                    fact,
                    Duration.between(fact, now)));
            if (path.startsWith("/hang/")) {
                closed.await();
            }
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
