package io.siaran.gateway.linking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A user with a hundred servers that take every question and answer none, and that tell of their connections again and again. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class HangingServersTest {

    private static final int SERVERS = 100;
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final UserId RAZAK = new UserId("kedai-razak");

    private final UserId shop = new UserId("hangs-" + UUID.randomUUID());

    @Inject
    Database database;

    @Test
    void a_device_is_asked_about_once_at_a_time_and_another_users_is_online_at_once() throws IOException {
        try (SilentServer server = SilentServer.start()) {
            // Given
            List<DeviceId> hanging = IntStream.range(0, SERVERS)
                    .mapToObj(n -> device(server.url(n)))
                    .toList();
            List<String> addresses = hanging.stream().map(this::address).toList();
            await().atMost(PATIENCE).until(() -> server.asked() >= SERVERS);

            // When
            for (int round = 0; round < ROUNDS; round++) {
                for (String address : addresses) {
                    tellThatItEnded(address, round);
                }
                awaitTold(hanging);
            }
            Registered ofRazak = Cast.device(RAZAK, "biru");

            // Then
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> Cast.status(ofRazak).equals("online"));
            assertThat(server.mostAtOnce()).isOne();
            delete(hanging);
        }
    }

    private DeviceId device(String url) {
        return DeviceId.of(Cast.as(shop, "operator")
                .body(Map.of("name", "merah", "platform", "wablas", "base_url", url, "credential", "x"))
                .post("/api/v1/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    private String address(DeviceId device) {
        String url = Cast.as(shop, "operator")
                .get("/api/v1/devices/" + device + "/callback")
                .then()
                .statusCode(200)
                .extract()
                .path("callback_url");
        return URI.create(url).getPath();
    }

    private static void tellThatItEnded(String address, int round) {
        given().contentType("application/json")
                .body(Map.of("deviceId", "x", "status", "disconnected", "timestamp", 1795831200 + round))
                .post(address)
                .then()
                .statusCode(200);
    }

    private void awaitTold(List<DeviceId> devices) {
        UUID[] ids = devices.stream().map(DeviceId::value).toArray(UUID[]::new);
        await().atMost(PATIENCE)
                .until(() -> database.run("SELECT FROM callback_inbox WHERE device_id = ANY ($1)", (Object) ids)
                                .rowCount()
                        == 0);
    }

    private void delete(List<DeviceId> devices) {
        devices.forEach(device -> Cast.as(shop, "operator")
                .delete("/api/v1/devices/" + device + "?leads=keep")
                .then()
                .statusCode(204));
    }
}
