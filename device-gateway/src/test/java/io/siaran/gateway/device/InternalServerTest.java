package io.siaran.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.Topics;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.ReturnReason;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A device whose server's name has come to lead into our own network. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class InternalServerTest {

    @ConfigProperty(name = "siaran.kafka")
    String kafka;

    @Inject
    Database database;

    @Test
    void what_is_for_it_is_returned_before_it_begins() throws Exception {
        try (Topics topics = new Topics(kafka, Topic.DELIVERY_EVENTS.topicName())) {
            // Given
            Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
            QuarkusMock.installMockForType(new ServerAddresses(false), ServerAddresses.class);

            // When
            topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !told(topics, merah).isEmpty());
            assertThat(told(topics, merah).getFirst())
                    .isInstanceOfSatisfying(
                            DeliveryEvent.Returned.class,
                            returned -> assertThat(returned.reason()).isEqualTo(ReturnReason.DEVICE_REFUSED));
            assertThat(database.run(
                                    "SELECT FROM send_journal WHERE device_id = $1 AND started_at IS NOT NULL",
                                    merah.id().value())
                            .rowCount())
                    .isZero();
            Cast.awaitStatus(merah, "offline");
            assertThat(Simulator.deliveries(merah.token())).isEmpty();
        }
    }

    @Test
    void no_phone_is_linked_through_it() {
        // Given
        Registered biru = PlatformDevices.device(Cast.SINAR, "waha", Map.of());
        QuarkusMock.installMockForType(new ServerAddresses(false), ServerAddresses.class);

        // When / Then
        for (String move : List.of("connect", "disconnect")) {
            Cast.as(biru.user(), "operator")
                    .post("/api/v1/devices/" + biru.id() + "/" + move)
                    .then()
                    .statusCode(409)
                    .body("detail", containsString("internal network"));
        }
    }

    private static List<DeliveryEvent> told(Topics topics, Registered device) {
        return topics.read(device.id().toString(), DeliveryEvent.class);
    }
}
