package io.siaran.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.Ports;
import io.siaran.localstack.launcher.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two processes of the WhatsApp bridge and the fake of WhatsApp behind them. */
final class Bridges implements AutoCloseable {

    private static final Pattern CONNECTS = Pattern.compile("(?m)^siaran_bridge_connects_total (\\S+)$");

    private final HttpClient http = HttpClient.newHttpClient();
    private final WebhookDoor door;
    private final NodeProcess fake;
    private final List<NodeProcess> processes = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();
    private final String phones;
    private final String token;
    private final ServiceDatabase database;

    /** What came to a person's phone. */
    record Arrival(String phone, boolean retry, String text) {}

    Bridges(LocalStack stack, Path logs) {
        Map<String, String> shared = stack.bridgeEnvironment();
        Map<String, String> ofFake = stack.fakeEnvironment();
        phones = "http://127.0.0.1:" + ofFake.get("FAKE_CONTROL_PORT");
        token = shared.get("BRIDGE_TOKEN");
        URI store = URI.create(shared.get("BRIDGE_DATABASE_URL"));
        String[] login = store.getUserInfo().split(":");
        database = new ServiceDatabase("jdbc:postgresql://%s:%d%s?user=%s&password=%s"
                .formatted(store.getHost(), store.getPort(), store.getPath(), login[0], login[1]));
        door = new WebhookDoor(stack.baseUrl());
        fake = new NodeProcess("fake/main.ts", ofFake, phones + "/accounts", logs.resolve("fake.log"));
        // The gateway asks the first one where a session is.
        List<String> ports =
                List.of(shared.get("BRIDGE_PORT"), Ports.free(1).getFirst().toString());
        for (String port : ports) {
            String url = "http://127.0.0.1:" + port;
            Map<String, String> own = new HashMap<>(shared);
            own.putAll(Map.of(
                    "BRIDGE_PORT", port,
                    "BRIDGE_OWNER", "bridge-" + processes.size(),
                    "BRIDGE_WEBHOOK_URL", door.url(),
                    // As in an installation, only each is shorter.
                    "BRIDGE_GONE_AFTER_MS", "6000",
                    "BRIDGE_ACK_TIMEOUT_MS", "3000",
                    "BRIDGE_QUERY_TIMEOUT_MS", "3000",
                    "BRIDGE_CONNECTS_PER_SECOND", "50",
                    "BRIDGE_LINKS_AT_ONCE", "20"));
            urls.add(url);
            processes.add(new NodeProcess(
                    "src/main.ts", own, url + "/health/ready", logs.resolve("bridge-" + processes.size() + ".log")));
        }
    }

    Bridges start() {
        fake.start();
        fake.awaitReady();
        processes.forEach(NodeProcess::start);
        processes.forEach(NodeProcess::awaitReady);
        return this;
    }

    /** Theirs. */
    ServiceDatabase database() {
        return database;
    }

    WebhookDoor door() {
        return door;
    }

    List<NodeProcess> processes() {
        return processes;
    }

    /** Where each process answers. */
    List<String> urls() {
        return urls;
    }

    /** A person scans the code with that phone. */
    void scan(String qr, String phone) {
        post(phones + "/scan", Map.of("qr", qr, "phone", phone));
    }

    /** A person answers a device. */
    void say(String from, String to, String text) {
        post(phones + "/say", Map.of("from", from, "to", to, "text", text));
    }

    /** A person takes the device off the list of that phone. */
    void logOut(String phone) {
        post(phones + "/kick", Map.of("phone", phone, "kind", "logout"));
    }

    /** How often the processes have connected to WhatsApp. */
    double connects() {
        return urls.stream()
                .map(url -> send(
                        HttpRequest.newBuilder(URI.create(url + "/metrics")).build()))
                .map(CONNECTS::matcher)
                .filter(Matcher::find)
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    /** What reached these people's phones; a refused message reached nobody. */
    List<Arrival> arrivals() {
        List<Arrival> all = new ArrayList<>();
        JsonNode page;
        do {
            page = Crm.tree(send(HttpRequest.newBuilder(URI.create(phones + "/ledger?after=" + all.size()))
                    .build()));
            for (JsonNode each : page) {
                JsonNode text = each.path("text");
                all.add(new Arrival(
                        each.path("phone").asText(),
                        each.path("retry").asBoolean(),
                        text.isTextual() ? text.asText() : null));
            }
        } while (!page.isEmpty());
        return all;
    }

    /** How many of these phones have a device that is connected. */
    long connected(Set<String> phones) {
        JsonNode accounts = Crm.tree(send(
                HttpRequest.newBuilder(URI.create(this.phones + "/accounts")).build()));
        return Crm.each(accounts)
                .filter(each -> phones.contains(each.path("phone").asText()))
                .filter(each -> each.path("live").asInt() > 0)
                .count();
    }

    /** Takes the session to that process, whoever has it, as a placement gone wrong would. */
    void take(UUID device, int process) {
        send(HttpRequest.newBuilder(URI.create(urls.get(process) + "/v1/sessions/" + device))
                .header("Authorization", "Bearer " + token)
                .PUT(BodyPublishers.ofString("{}"))
                .build());
    }

    private void post(String url, Map<String, String> body) {
        String json = Crm.json(body);
        send(HttpRequest.newBuilder(URI.create(url))
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(request.uri().getPath() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ending);
        }
    }

    @Override
    public void close() {
        processes.forEach(NodeProcess::close);
        fake.close();
        door.close();
    }
}
