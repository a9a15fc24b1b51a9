package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Json;
import io.siaran.model.PhoneNumber;
import io.siaran.model.ReturnReason;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who says STOP is left alone from that moment on, while campaign-service, which decides, has not said so. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WishesTest extends CallbackScene {

    private static final String LID = "123456789012399";

    private final PhoneNumber person = Cast.anybody();

    @Test
    void who_says_stop_is_left_alone_by_every_device_of_the_user_until_it_is_decided() {
        // Given
        List<Registered> devices = Cast.onlineDevices(Cast.SINAR, Cast.SINAR, Cast.MAJU);
        Registered merah = devices.get(0);
        Registered biru = devices.get(1);
        Registered ofMaju = devices.get(2);
        decided(1, true, Instant.now().minusSeconds(3_600));
        says(merah, "in-1", "STOP");

        // When
        devices.forEach(this::send);

        // Then
        assertThat(events(merah, 1)).singleElement().satisfies(WishesTest::comesAgain);
        assertThat(events(biru, 1)).singleElement().satisfies(WishesTest::comesAgain);
        assertThat(events(ofMaju, 1)).singleElement().isInstanceOf(DeliveryEvent.Accepted.class);

        // When
        decided(2, false, Instant.now());
        send(merah);

        // Then
        assertThat(events(merah, 2).getLast())
                .satisfies(event ->
                        assertThat(((DeliveryEvent.Returned) event).reason()).isEqualTo(ReturnReason.SUPPRESSED));

        // When
        decided(3, true, Instant.now());
        send(merah);

        // Then
        assertThat(events(merah, 3).getLast()).isInstanceOf(DeliveryEvent.Accepted.class);
    }

    @Test
    void a_start_that_is_decided_late_ends_no_hold_of_the_stop_after_it() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Instant start = Instant.now().minusSeconds(600);
        decided(1, false, start.minusSeconds(600));
        says(merah, "in-1", "STOP");

        // When
        decided(2, true, start);
        send(merah);

        // Then
        assertThat(events(merah, 1)).singleElement().satisfies(WishesTest::comesAgain);
        assertThat(Simulator.deliveries(merah.token())).isEmpty();
    }

    @Test
    void who_says_start_after_it_is_written_to_in_whatever_order_that_is_told() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        says(merah, "in-1", "START");
        Map<String, Object> stop = reply("in-2", person.digits(), "STOP");
        stop.put("timestamp", System.currentTimeMillis() / 1_000 - 60);
        post(address(merah), stop).statusCode(200);
        awaitWorkedOff(merah);

        // When
        send(merah);

        // Then
        assertThat(events(merah, 1)).singleElement().isInstanceOf(DeliveryEvent.Accepted.class);
    }

    @Test
    void what_only_may_mean_stop_holds_nobody_who_is_known() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        says(merah, "in-1", "harga promo stop bila?");

        // When
        send(merah);

        // Then
        assertThat(events(merah, 1)).singleElement().isInstanceOf(DeliveryEvent.Accepted.class);
    }

    @Test
    void a_hidden_stop_is_one_of_its_person_by_every_device_once_it_is_known_who_it_is() {
        // Given
        List<Registered> devices = Cast.onlineDevices(Cast.SINAR, Cast.SINAR);
        Registered merah = devices.getFirst();
        Taken hello = taken(merah, person);
        post(address(merah), reply("in-1", LID + "@lid", "STOP")).statusCode(200);
        awaitWorkedOff(merah);
        Map<String, Object> delivered = receipt(hello, "delivered");
        delivered.put("phone", LID + "@lid");
        post(address(merah), delivered).statusCode(200);
        await().atMost(PATIENCE)
                .until(() -> database.run("SELECT FROM last_wishes WHERE phone = $1 AND stops", person.digits())
                                .rowCount()
                        == 1);

        // When
        send(devices.get(1));

        // Then
        assertThat(events(devices.get(1), 1)).singleElement().satisfies(WishesTest::comesAgain);
        assertThat(Simulator.deliveries(devices.get(1).token())).isEmpty();
    }

    @Test
    void a_wish_that_nobody_decides_holds_for_a_day() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        says(merah, "in-1", "STOP");
        database.run(
                "UPDATE last_wishes SET heard_at = heard_at - interval '25 hours' WHERE phone = $1", person.digits());

        // When
        send(merah);

        // Then
        assertThat(events(merah, 1)).singleElement().isInstanceOf(DeliveryEvent.Accepted.class);
    }

    private void says(Registered device, String id, String text) {
        post(address(device), reply(id, person.digits(), text)).statusCode(200);
        awaitWorkedOff(device);
    }

    private void send(Registered device) {
        topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), person));
    }

    /** What campaign-service says of the person, once it is known here. */
    private void decided(long version, boolean lifted, Instant at) {
        topics.send(
                Topic.SUPPRESSIONS,
                Suppression.key(Cast.SINAR, person),
                Json.write(new Suppression(Cast.SINAR, person, "replied stop", at, version, lifted)));
        await().atMost(PATIENCE)
                .until(() -> database.run(
                                        "SELECT FROM suppressions WHERE phone = $1 AND version = $2",
                                        person.digits(),
                                        version)
                                .rowCount()
                        == 1);
    }

    private static void comesAgain(DeliveryEvent event) {
        DeliveryEvent.Returned returned = (DeliveryEvent.Returned) event;
        assertThat(returned.reason()).isEqualTo(ReturnReason.NOT_SENT);
        assertThat(returned.notBefore())
                .as("dispatch, which knows how often it came back, says when")
                .isNull();
    }
}
