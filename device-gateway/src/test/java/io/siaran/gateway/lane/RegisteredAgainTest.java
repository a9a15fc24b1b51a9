package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number that comes back as another device says no more, and no sooner, than it may. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class RegisteredAgainTest extends GatewayScene {

    @Inject
    ConnectedDevices devices;

    @ParameterizedTest
    @ValueSource(strings = {"toko-sinar", "kedai-maju"})
    void what_a_deleted_device_said_counts_for_the_next_one_whosever_it_is(String next) {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        speak(merah, 2);
        delete(merah);

        // When
        Registered again = Cast.device(new UserId(next), "merah", merah.token());

        // Then
        assertThat(again.id()).isNotEqualTo(merah.id());
        assertRefusedByACapOfTwo(again);
    }

    @Test
    void what_a_device_said_counts_for_the_one_that_gets_its_number_by_a_change() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        speak(merah, 2);
        speak(biru, 1);
        Cast.patch(merah, Map.of("credential", "sim-other-" + UUID.randomUUID()));

        // When
        Cast.patch(biru, Map.of("credential", merah.token()));

        // Then
        assertRefusedByACapOfTwo(new Registered(biru.id(), biru.user(), merah.token()));
    }

    @Test
    void whom_a_device_wrote_to_is_no_stranger_to_it_under_another_token() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        speak(merah, 1);

        // When
        Cast.patch(merah, Map.of("credential", "sim-other-" + UUID.randomUUID()));

        // Then
        assertThat(database.run(
                                "SELECT FROM contacted_people c JOIN devices d ON c.number = d.fingerprint"
                                        + " WHERE d.id = $1 AND c.phone = $2",
                                merah.id().value(),
                                Cast.ANI.digits())
                        .rowCount())
                .isOne();
    }

    @Test
    void the_call_of_a_deleted_device_that_is_under_way_holds_up_the_next_one() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Simulator.fault(merah.token(), "SLOW_BODY", Map.of("delay_ms", 3_000));
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));
        await().atMost(PATIENCE).until(() -> Simulator.deliveries(merah.token()).size() == 1);
        delete(merah);

        // When
        Registered again = Cast.device(Cast.SINAR, "merah", merah.token());

        // Then
        assertThat(busyUntil(again)).isAfter(Instant.now().plusSeconds(5));
    }

    @Test
    void a_number_that_never_spoke_may_speak_at_once() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        delete(merah);

        // When
        Registered again = Cast.device(Cast.SINAR, "merah", merah.token());

        // Then
        Cast.awaitStatus(again, "online");
        speak(again, 1);
    }

    @Test
    void a_warm_up_goes_on_where_the_number_was() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        database.run(
                "UPDATE device_numbers SET since = now() - interval '8 days' WHERE device_id = $1",
                merah.id().value());
        delete(merah);

        // When
        Registered again = Cast.device(Cast.SINAR, "merah", merah.token());
        Cast.patch(again, Map.of("warm_up", true));

        // Then
        assertThat(warmUpCap(again)).isEqualTo(80);
        Registered other = Cast.device(Cast.SINAR, "biru");
        Cast.patch(other, Map.of("warm_up", true));
        assertThat(warmUpCap(other)).isEqualTo(20);
    }

    private void speak(Registered device, int times) {
        for (int i = 0; i < times; i++) {
            topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), Cast.ANI));
        }
        assertThat(events(device, times)).hasOnlyElementsOfType(DeliveryEvent.Accepted.class);
    }

    private void assertRefusedByACapOfTwo(Registered device) {
        Cast.patch(device, Map.of("daily_cap", 2));
        Cast.awaitStatus(device, "online");
        int before = events(device).size();
        topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), Cast.BUDI));
        List<DeliveryEvent> told = events(device, before + 1);
        assertThat(told.getLast())
                .isInstanceOfSatisfying(
                        DeliveryEvent.Deferred.class,
                        deferred -> assertThat(deferred.reason()).isEqualTo(DeferReason.DAILY_CAP));
    }

    private Integer warmUpCap(Registered device) {
        return devices.newest(device.id())
                .orElseThrow()
                .rules()
                .frame(Instant.now())
                .dailyCap();
    }

    private Instant busyUntil(Registered device) {
        return database.run(
                        "SELECT busy_until FROM device_pacing WHERE device_id = $1",
                        device.id().value())
                .iterator()
                .next()
                .getOffsetDateTime("busy_until")
                .toInstant();
    }

    private static void delete(Registered device) {
        Cast.as(device.user(), "operator")
                .delete("/api/v1/devices/" + device.id())
                .then()
                .statusCode(204);
    }
}
