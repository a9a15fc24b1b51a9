package io.siaran.bench.gateway;

import io.siaran.bench.PackagedService;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The platforms of a fleet, which call at a fixed rate, however slowly they are answered. */
final class CallingPlatforms {

    /** Messages that receipts are about: the latest ones. */
    private static final int KNOWN_MESSAGES = 20_000;

    private final Site site;
    private final String server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<UUID, String> addresses = new HashMap<>();
    private final List<UUID> devices = new ArrayList<>();
    private List<Sent> sent = List.of();

    private record Sent(UUID device, String id) {}

    private record Callback(String callbackUrl) {}

    CallingPlatforms(Site site, PackagedService gateway, List<DeviceId> devices) throws Exception {
        this.site = site;
        this.server = "http://127.0.0.1:" + gateway.port();
        for (DeviceId device : devices) {
            addresses.put(device.value(), address(device));
            this.devices.add(device.value());
        }
    }

    /** How long each callback waited for its answer, in milliseconds from when it was due, in order. */
    record Answers(double[] sorted, long wrong, double aSecond) {

        double percentile(int percent) {
            return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
        }
    }

    Answers call(int perSecond, Duration length) throws Exception {
        sent = sent();
        int calls = Math.toIntExact(perSecond * length.toSeconds());
        double[] waited = new double[calls];
        AtomicLong wrong = new AtomicLong();
        CountDownLatch open = new CountDownLatch(calls);
        long begun = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            int each = i;
            long due = begun + i * 1_000_000_000L / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            var _ = http.sendAsync(request(), BodyHandlers.discarding()).whenComplete((answer, failure) -> {
                waited[each] = (System.nanoTime() - due) / 1e6;
                if (failure != null || answer.statusCode() != 200) {
                    wrong.incrementAndGet();
                }
                open.countDown();
            });
        }
        if (!open.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("callbacks were not answered: " + open.getCount());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Arrays.sort(waited);
        return new Answers(waited, wrong.get(), calls / seconds);
    }

    private HttpRequest request() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int kind = random.nextInt(10);
        if (kind == 0 || sent.isEmpty()) {
            return request(any(), reply());
        }
        if (kind == 1) {
            return request(any(), receipt("unknown-" + random.nextLong(), "delivered"));
        }
        Sent message = sent.get(random.nextInt(sent.size()));
        return request(message.device(), receipt(message.id(), kind < 6 ? "delivered" : kind < 9 ? "read" : "sent"));
    }

    private HttpRequest request(UUID device, Map<String, ?> body) {
        return HttpRequest.newBuilder(URI.create(server + addresses.get(device)))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build();
    }

    private UUID any() {
        return devices.get(ThreadLocalRandom.current().nextInt(devices.size()));
    }

    private static Map<String, ?> receipt(String id, String status) {
        return Map.of("id", id, "phone", "60123456789", "status", status, "note", "", "sender", "x", "deviceId", "x");
    }

    private static Map<String, ?> reply() {
        return Map.of(
                "id",
                UUID.randomUUID().toString(),
                "pushName",
                "Ani",
                "isGroup",
                false,
                "isFromMe",
                false,
                "message",
                Queue.TEXT,
                "phone",
                "60123456789",
                "messageType",
                "text",
                "timestamp",
                System.currentTimeMillis() / 1_000);
    }

    private List<Sent> sent() throws SQLException {
        List<Sent> latest = new ArrayList<>();
        try (var connection = site.connect();
                var query = connection.createStatement();
                var rows = query.executeQuery("SELECT device_id, provider_message_id FROM sent_messages"
                        + " ORDER BY accepted_at DESC LIMIT " + KNOWN_MESSAGES)) {
            while (rows.next()) {
                latest.add(new Sent(rows.getObject(1, UUID.class), rows.getString(2)));
            }
        }
        return latest;
    }

    private String address(DeviceId device) throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(server + "/api/v1/devices/" + device + "/callback"))
                        .header("Authorization", "Bearer " + site.token(Fleet.USER.value()))
                        .build(),
                BodyHandlers.ofString());
        return Json.read(answer.body(), Callback.class).callbackUrl();
    }
}
