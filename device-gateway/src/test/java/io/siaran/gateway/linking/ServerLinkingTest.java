package io.siaran.gateway.linking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.registration.DeviceChecks;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone is linked to a device on a tenant's own server of WhatsApp Web. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ServerLinkingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration OFTEN = Duration.ofMillis(50);

    @ParameterizedTest
    @ValueSource(strings = {"waha", "evolution"})
    void a_phone_is_linked_by_the_code_that_its_server_shows_and_logged_out_again(String engine) {
        // Given
        Registered merah = device(engine);
        Simulator.fault(merah.token(), "DELAYED_QR", Map.of("count", 2));

        // When
        ValidatableResponse begun = asked(merah, "connect");

        // Then
        begun.statusCode(200).body("state", equalTo("connecting")).body("qr", nullValue());
        await().atMost(PATIENCE)
                .pollInterval(OFTEN)
                .untilAsserted(() -> asked(merah, "connect")
                        .body("state", equalTo("scan"))
                        .body("qr", equalTo("2@" + merah.token())));

        // When
        Simulator.connection(merah.token(), "connected");

        // Then
        asked(merah, "connect").body("state", equalTo("linked")).body("qr", nullValue());
        Cast.awaitStatus(merah, "online");

        // When
        asked(merah, "disconnect").statusCode(204);

        // Then
        Cast.awaitStatus(merah, "offline");
        asked(merah, "connect").body("state", equalTo("scan"));
    }

    @Test
    void a_device_of_gowa_shows_no_code_to_scan_and_gets_one_to_type() {
        // Given
        Registered merah = device("gowa");

        // When
        asked(merah, "connect").statusCode(200).body("state", equalTo("ended")).body("qr", nullValue());

        // Then
        Cast.as(merah.user(), "operator")
                .body(Map.of("phone", "012-345 6789"))
                .post("/api/v1/devices/" + merah.id() + "/pairing-code")
                .then()
                .statusCode(200)
                .body("code", equalTo("ABCD-1234"));
        Simulator.connection(merah.token(), "connected");
        asked(merah, "connect").body("state", equalTo("linked"));
        Cast.awaitStatus(merah, "online");
        asked(merah, "disconnect").statusCode(204);
        asked(merah, "connect").body("state", equalTo("ended"));
    }

    @Inject
    ConnectedDevices devices;

    @Inject
    DeviceChecks checks;

    @Test
    void looking_at_a_link_lifts_no_hold() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "waha", 1).getFirst();
        long version = devices.newest(merah.id()).orElseThrow().version();
        checks.refused(merah.id(), version, RefusalCause.DISCONNECTED, "no", Duration.ofMinutes(5));
        Cast.awaitStatus(merah, "offline");

        // When
        asked(merah, "connect").body("state", equalTo("linked"));

        // Then
        assertThat(status(merah)).isEqualTo("offline");

        // When
        Simulator.connection(merah.token(), "disconnected");
        asked(merah, "connect").body("state", equalTo("scan"));
        Simulator.connection(merah.token(), "connected");
        asked(merah, "connect").body("state", equalTo("linked"));

        // Then
        Cast.awaitStatus(merah, "online");
    }

    private static String status(Registered device) {
        return Cast.as(device.user(), "viewer")
                .get("/api/v1/devices/" + device.id())
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }

    /** Its server does not know it yet: names that the simulator takes for linked begin otherwise. */
    private static Registered device(String engine) {
        String session = "new-" + UUID.randomUUID();
        Map<String, Object> body = Map.of(
                "name",
                "merah",
                "platform",
                "",
                "engine",
                engine,
                "session",
                session,
                "credential",
                "sim-user:key",
                "base_url",
                TestServers.simulatorUrl() + "/" + engine);
        String id = Cast.as(Cast.SINAR, "operator")
                .body(body)
                .post("/api/v1/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new Registered(DeviceId.of(id), Cast.SINAR, session);
    }

    private static ValidatableResponse asked(Registered device, String move) {
        return Cast.as(device.user(), "operator")
                .post("/api/v1/devices/" + device.id() + "/" + move)
                .then();
    }
}
