package io.siaran.gateway.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.registration.DueChecks;
import io.siaran.gateway.registration.DueChecks.UnderWay;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.ReturnReason;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A device of a platform that only a newer version knows, in the middle of a rolling update. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class UnknownPlatformTest extends GatewayScene {

    @Inject
    DueChecks due;

    @Inject
    Providers providers;

    @Inject
    ConnectedDevices devices;

    @Test
    void a_device_of_an_unknown_platform_is_left_alone_and_what_it_should_send_comes_back() {
        // Given: its answers have a word that the document does not know yet
        RestAssured.replaceFiltersWith(List.of());
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        database.run(
                "UPDATE devices SET platform = 'later', version = version + 1, next_check_at = 'epoch' WHERE id = $1",
                merah.id().value());

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));

        // Then
        assertThat(events(merah, 1).getFirst()).isInstanceOfSatisfying(DeliveryEvent.Returned.class, returned -> {
            assertThat(returned.reason()).isEqualTo(ReturnReason.NOT_SENT);
            assertThat(returned.notBefore()).isAfter(returned.at());
        });
        UnderWay nothing = new UnderWay(500, Map.of(), Set.of());
        assertThat(due.claim(500, Duration.ofSeconds(30), providers.platforms(), nothing))
                .extracting(DueChecks.Due::device)
                .doesNotContain(merah.id());
        assertThat(Cast.status(merah)).isEqualTo("online");
        assertThat(Simulator.deliveries(merah.token())).isEmpty();
        Cast.as(merah.user(), "operator")
                .body("{\"name\":\"x\"}")
                .patch("/api/v1/devices/" + merah.id())
                .then()
                .statusCode(409);
        Cast.as(merah.user(), "viewer")
                .body("{\"message\":\"Hi\",\"device_id\":\"" + merah.id() + "\"}")
                .post("/api/v1/antispam/preview")
                .then()
                .statusCode(409);
        database.run(
                "UPDATE devices SET deleted = true WHERE id = $1", merah.id().value());
    }
}
