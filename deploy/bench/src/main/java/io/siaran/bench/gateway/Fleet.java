package io.siaran.bench.gateway;

import io.siaran.bench.PackagedService;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.UserId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The devices of one user, registered by REST as people register them, and connected once the platform was asked. */
final class Fleet {

    static final UserId USER = new UserId("toko-sinar");

    private static final int AT_ONCE = 16;
    private static final int MOST_TRIES = 30;

    private final Site site;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<DeviceId> devices = new ArrayList<>();

    Fleet(Site site) {
        this.site = site;
    }

    private record Registered(DeviceId id) {}

    /** Registers what is missing, and returns the first so many when all of them are online. */
    List<DeviceId> online(int size, PackagedService gateway) throws Exception {
        String url = "http://127.0.0.1:" + gateway.port() + "/api/v1/devices";
        List<Callable<DeviceId>> missing = new ArrayList<>();
        for (int number = devices.size(); number < size; number++) {
            int each = number;
            missing.add(() -> register(url, "sim-" + each));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<DeviceId> registered : threads.invokeAll(missing)) {
                devices.add(registered.get());
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a device was not registered", failure.getCause());
        }
        awaitOnline();
        return List.copyOf(devices.subList(0, size));
    }

    /** A gateway that is busy says when it may be asked again; nothing was registered then. */
    private DeviceId register(String url, String token) throws IOException, InterruptedException {
        for (int tryNo = 1; ; tryNo++) {
            HttpResponse<String> answer = http.send(registration(url, token), BodyHandlers.ofString());
            if (answer.statusCode() == 201) {
                return Json.read(answer.body(), Registered.class).id();
            }
            if (answer.statusCode() != 503 || tryNo == MOST_TRIES) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            Thread.sleep(Duration.ofSeconds(
                    answer.headers().firstValueAsLong("Retry-After").orElse(1)));
        }
    }

    private HttpRequest registration(String url, String token) {
        var body = Map.of(
                "name",
                token,
                "platform",
                "wablas",
                "base_url",
                site.simulator().wablasUrl(),
                "credential",
                token);
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + site.token(USER.value()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build();
    }

    private void awaitOnline() throws SQLException, InterruptedException {
        while (site.sql("SELECT count(*) FROM devices WHERE status = 'online'") < devices.size()) {
            Thread.sleep(500);
        }
    }
}
