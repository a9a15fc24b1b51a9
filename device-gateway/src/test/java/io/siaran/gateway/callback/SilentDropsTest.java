package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.localstack.TestServers;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A device whose messages are accepted and reach nobody is found by what is usual for it. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SilentDropsTest extends CallbackScene {

    @Inject
    WatchReceipts watch;

    @Inject
    MeterRegistry metrics;

    @Test
    void receipts_that_stop_are_a_warning_until_the_next_one_comes() {
        // Given
        Registered merah = delivering();
        watch.look();
        later(merah, 6);

        // When
        accepts(merah, 20);
        watch.look();
        later(merah, 6);
        watch.look();
        double silent = metrics.get("siaran.devices.silent").gauge().value();
        ValidatableResponse warned = warnings(merah);
        delivered(merah);

        // Then
        warned.body("warnings.code", hasItem("receipts_stopped"));
        assertThat(silent).isPositive();
        warnings(merah).body("warnings", empty());
    }

    @Test
    void a_night_without_sends_and_a_morning_that_begins_fast_are_no_alarm() {
        // Given
        Registered merah = delivering();
        watch.look();

        // When
        later(merah, 600);
        watch.look();
        accepts(merah, 200);
        watch.look();
        watch.look();

        // Then
        warnings(merah).body("warnings", empty());
    }

    @Test
    void too_few_messages_prove_nothing_and_a_device_without_receipts_is_never_warned_of() {
        // Given
        Registered merah = delivering();
        Registered biru = Cast.device(Cast.SINAR, "biru");
        paced(biru);
        watch.look();

        // When
        accepts(merah, 19);
        accepts(biru, 500);
        for (int i = 0; i < 3; i++) {
            later(merah, 6);
            watch.look();
        }

        // Then
        warnings(merah).body("warnings", empty());
        warnings(biru).body("warnings", empty());
    }

    @Test
    void what_a_platform_takes_is_counted() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));
        events(merah, 1);

        // Then
        assertThat(database.run(
                                "SELECT accepted FROM device_pacing WHERE device_id = $1",
                                merah.id().value())
                        .iterator()
                        .next()
                        .getLong(0))
                .isOne();
    }

    /** One whose receipts are known to come. */
    private Registered delivering() {
        Registered device = Cast.device(Cast.SINAR, "merah");
        paced(device);
        delivered(device);
        database.run(
                "UPDATE receipt_habits SET receipts = 20 WHERE device_id = $1",
                device.id().value());
        return device;
    }

    private void paced(Registered device) {
        database.run(
                "INSERT INTO device_pacing (device_id, busy_until) VALUES ($1, clock_timestamp())",
                device.id().value());
    }

    private void delivered(Registered device) {
        Taken taken = taken(device, Cast.ANI);
        post(address(device), receipt(taken, "delivered")).statusCode(200);
        awaitWorkedOff(device);
    }

    private void accepts(Registered device, int messages) {
        database.run(
                "UPDATE device_pacing SET accepted = accepted + $2::int WHERE device_id = $1",
                device.id().value(),
                messages);
    }

    /** As if what is known of it were of so many minutes before. */
    private void later(Registered device, int minutes) {
        database.run(
                "UPDATE receipt_habits SET last_at = last_at - $2::int * interval '1 minute',"
                        + " newer_at = newer_at - $2::int * interval '1 minute' WHERE device_id = $1",
                device.id().value(),
                minutes);
    }

    private static ValidatableResponse warnings(Registered device) {
        return Cast.as(device.user(), "viewer")
                .get("/api/v1/devices/" + device.id())
                .then()
                .statusCode(200);
    }
}
