package io.siaran.gateway.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.siaran.gateway.Cast;
import io.siaran.gateway.device.CallbackHooks;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that notes what it is asked and answers what it was told, one answer for all. */
public final class PlatformStub implements AutoCloseable {

    /** A request as it came. */
    public record Asked(String method, String uri, Map<String, List<String>> headers, String body) {

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse(null);
        }

        /** The value of a field of a multipart form, or null. */
        public String field(String name) {
            int at = body.indexOf("name=\"" + name + "\"");
            if (at < 0) {
                return null;
            }
            String part = body.substring(body.indexOf("\r\n\r\n", at) + 4);
            return part.substring(0, part.indexOf("\r\n--"));
        }
    }

    private record Answer(int status, String body) {}

    /** The stub itself is on loopback. */
    public static final ServerAddresses ANYWHERE = new ServerAddresses(true);

    /** What a server is told that makes a session for a device. */
    public static final CallbackHooks HOOKS = device ->
            Optional.of(new CallbackHooks.Hook("https://siaran.example.com/callbacks/" + device.session(), "a-secret"));

    /** Short, for tests. */
    public record Waiting(Duration timeout) implements ProviderConfig {

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(3);
        }

        @Override
        public Map<String, Duration> timeouts() {
            return Map.of();
        }

        @Override
        public Duration questionTimeout() {
            return timeout;
        }

        @Override
        public Duration idleTimeout() {
            return Duration.ofSeconds(4);
        }

        @Override
        public int maxConnections() {
            return 10;
        }

        @Override
        public int questionsAtOnce() {
            return 10;
        }
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "";
    private final Map<String, Answer> special = new ConcurrentHashMap<>();
    private volatile Duration pause = Duration.ZERO;

    private PlatformStub(HttpServer server) {
        this.server = server;
    }

    public static PlatformStub start() {
        return start(0);
    }

    /** On that port; 0 for any that is free. */
    public static PlatformStub start(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            PlatformStub stub = new PlatformStub(server);
            server.createContext("/", stub::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void answers(int withStatus, String body) {
        status = withStatus;
        answer = body;
    }

    /** Answers that method and path so, whatever else is asked. */
    public void answers(String call, int withStatus, String body) {
        special.put(call, new Answer(withStatus, body));
    }

    public void answersAfter(Duration wait) {
        pause = wait;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return asked;
    }

    public ConnectedDevice device(Platform platform, String credential, String session) {
        return new ConnectedDevice(
                new DeviceId(UUID.randomUUID()),
                platform,
                url(),
                session,
                new Credential(credential),
                AntiSpamProfile.OFF,
                List.of(),
                false,
                ZoneId.of("Asia/Kuala_Lumpur"),
                Cast.freely(),
                1,
                0);
    }

    public static OutgoingMessage text(String text) {
        return new OutgoingMessage(Cast.message(), Cast.SINAR, Cast.ANI, text, Optional.empty());
    }

    public static OutgoingMessage image(String caption, String url) {
        return new OutgoingMessage(Cast.message(), Cast.SINAR, Cast.ANI, caption, Optional.of(url));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                body));
        try {
            Thread.sleep(pause);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        Answer told = special.getOrDefault(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(), new Answer(status, answer));
        byte[] bytes = told.body().getBytes(StandardCharsets.UTF_8);
        // A 204 has no body; -1 says so.
        exchange.sendResponseHeaders(told.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
