package io.siaran.dispatch.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.siaran.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A tenant's own system: hears what is posted to it, and answers each path as it was told to. */
final class Receiver implements AutoCloseable {

    /** Says nothing until the receiver is closed. */
    static final int HANG = 0;

    /** Connections that come at once: beyond it they are tried again after a second. */
    private static final int BACKLOG = 1_024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** One request. */
    record Heard(Instant at, String path, HttpHeaders headers, String body) {

        String id() {
            return headers.firstValue("webhook-id").orElseThrow();
        }

        JsonNode json() {
            return Json.read(body, JsonNode.class);
        }

        String type() {
            return json().path("type").asText();
        }

        /** Throws what the published library throws when the signature is not right. */
        Heard verified(String secret) {
            try {
                new Webhook(secret).verify(body, headers);
                return this;
            } catch (Exception wrong) {
                throw new AssertionError("not signed by " + secret, wrong);
            }
        }
    }

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(threads);
        server.createContext("/", this::hear);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** From now on; without it a path answers 200. */
    void answer(String path, int status) {
        answers.put(path, status);
    }

    int times() {
        return heard.size();
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    List<Heard> heard(String path) {
        return heard.stream().filter(each -> each.path().equals(path)).toList();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(
                    new Heard(Instant.now(), path, HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true), body));
            int status = answers.getOrDefault(path, 200);
            if (status == HANG) {
                closed.await();
                return;
            }
            if (status / 100 == 3) {
                exchange.getResponseHeaders().add("Location", url("/elsewhere"));
            }
            byte[] answer = "x".repeat(3_000).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
