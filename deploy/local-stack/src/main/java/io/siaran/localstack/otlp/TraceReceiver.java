package io.siaran.localstack.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Takes {@code POST /v1/traces} on a free port of the loopback address. Field numbers are those of opentelemetry-proto 1. */
public final class TraceReceiver implements AutoCloseable {

    private static final int ERROR = 2;

    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

    /** Of the first {@link #read} bodies: who asks twice a second has each read once. */
    private final List<ReceivedSpan> spans = new ArrayList<>();

    private int read;
    private final HttpServer server;

    public TraceReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            InputStream body = exchange.getRequestBody();
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            bodies.add((packed ? new GZIPInputStream(body) : body).readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that came so far. */
    public synchronized List<ReceivedSpan> spans() {
        for (; read < bodies.size(); read++) {
            spans(bodies.get(read)).forEach(spans::add);
        }
        return List.copyOf(spans);
    }

    /** All that came so far, as text: for what must not be in it. */
    public String raw() {
        return bodies.stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<ReceivedSpan> spans(byte[] body) {
        return new Protobuf(body).messages(1).stream().flatMap(resource -> {
            String service = resource.messages(1).stream()
                    .map(each -> attributes(each, 1).getOrDefault("service.name", ""))
                    .collect(Collectors.joining());
            return resource.messages(2).stream()
                    .flatMap(scope -> scope.messages(2).stream())
                    .map(span -> span(service, span));
        });
    }

    private static ReceivedSpan span(String service, Protobuf span) {
        return new ReceivedSpan(
                service,
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                Instant.EPOCH.plusNanos(span.number(7)),
                Duration.ofNanos(span.number(8) - span.number(7)),
                attributes(span, 9),
                span.messages(15).stream().anyMatch(status -> status.number(3) == ERROR));
    }

    private static Map<String, String> attributes(Protobuf holder, int field) {
        return holder.messages(field).stream()
                .collect(Collectors.toMap(
                        attribute -> attribute.text(1),
                        attribute -> attribute.messages(2).stream()
                                .map(value -> value.text(1))
                                .collect(Collectors.joining())));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
