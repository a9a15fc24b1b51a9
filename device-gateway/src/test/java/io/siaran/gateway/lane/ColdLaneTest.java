package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeliveryEvent.Deferred;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SendLane;
import io.siaran.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds messages to strangers holds no answer; judged by what the platform delivered. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ColdLaneTest extends GatewayScene {

    @Test
    void a_restricted_device_answers_who_wrote_and_writes_to_nobody_else() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        PhoneNumber citra = Cast.anybody();
        Simulator.fault(
                merah.token(), "timelock", Map.of("count", 9, "phones", List.of(Cast.BUDI.digits(), citra.digits())));
        wrote(merah, Cast.ANI);

        // When
        send(merah, Cast.BUDI);
        DeliveryEvent met = events(merah, 1).getFirst();
        Cast.awaitStatus(merah, "offline");
        send(merah, Cast.ANI);
        send(merah, citra);
        send(merah, Cast.ANI);
        List<DeliveryEvent> events = events(merah, 4);

        // Then
        assertDeferred(met, DeferReason.RESTRICTED);
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        Accepted.class, took -> assertThat(took.lane()).isEqualTo(SendLane.REPLY));
        assertDeferred(events.get(2), DeferReason.RESTRICTED);
        assertThat(events.get(3)).isInstanceOf(Accepted.class);
        assertThat(delivered(merah)).containsExactly(Cast.ANI.digits(), Cast.ANI.digits());
        assertThat(Simulator.strikes(merah.token()))
                .as("calls that the restriction met")
                .isOne();
    }

    @Test
    void answers_that_pass_a_restriction_do_not_shorten_the_next_one() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Simulator.fault(merah.token(), "timelock", Map.of("count", 9, "phones", List.of(Cast.BUDI.digits())));
        wrote(merah, Cast.ANI);
        send(merah, Cast.BUDI);
        events(merah, 1);

        // When
        send(merah, Cast.ANI);
        events(merah, 2);

        // Then
        assertThat(number(merah, "refusals")).isOne();
    }

    @Test
    void who_was_written_to_once_is_no_first_contact_on_any_device_of_the_number() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Cast.patch(merah, Map.of("first_contact_daily_cap", 2));
        Cast.awaitStatus(merah, "online");
        PhoneNumber citra = Cast.anybody();
        PhoneNumber dewi = Cast.anybody();

        // When
        send(merah, Cast.ANI);
        send(merah, Cast.BUDI);
        send(merah, citra);
        send(merah, Cast.ANI);
        List<DeliveryEvent> events = events(merah, 4);
        Registered again = registeredAgain(merah);
        send(again, dewi);
        send(again, Cast.BUDI);
        List<DeliveryEvent> later = events(again, 2);

        // Then
        assertThat(events.get(0))
                .isInstanceOfSatisfying(
                        Accepted.class, took -> assertThat(took.lane()).isEqualTo(SendLane.COLD));
        assertThat(events.get(1)).isInstanceOf(Accepted.class);
        assertDeferred(events.get(2), DeferReason.FIRST_CONTACT_CAP);
        assertThat(((Deferred) events.get(2)).until()).isAfter(Instant.now().plus(Duration.ofSeconds(1)));
        assertThat(events.get(3)).as("somebody known").isInstanceOf(Accepted.class);
        assertDeferred(later.get(0), DeferReason.FIRST_CONTACT_CAP);
        assertThat(later.get(1)).as("known by the device before").isInstanceOf(Accepted.class);
        assertThat(delivered(merah))
                .containsExactly(Cast.ANI.digits(), Cast.BUDI.digits(), Cast.ANI.digits(), Cast.BUDI.digits());
    }

    @Test
    void strangers_of_tomorrow_do_not_all_come_at_the_end_of_its_quiet_hours() {
        // Given
        // POSIX has the signs the other way round.
        ZoneId noonThere = ZoneId.of(
                "Etc/GMT%+d".formatted(Instant.now().atZone(ZoneOffset.UTC).getHour() - 12));
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Cast.patch(
                merah,
                Map.of(
                        "first_contact_daily_cap",
                        1,
                        "time_zone",
                        noonThere.getId(),
                        "quiet_hours",
                        List.of(Map.of("from", "00:00", "until", "08:00"))));
        Cast.awaitStatus(merah, "online");

        // When
        send(merah, Cast.ANI);
        send(merah, Cast.anybody());
        send(merah, Cast.anybody());
        List<Instant> back = events(merah, 3).stream()
                .skip(1)
                .map(Deferred.class::cast)
                .map(Deferred::until)
                .toList();

        // Then
        Instant eightTomorrow = Instant.now()
                .atZone(noonThere)
                .toLocalDate()
                .plusDays(1)
                .atTime(8, 0)
                .atZone(noonThere)
                .toInstant();
        assertThat(back).doesNotHaveDuplicates().allMatch(at -> at.isAfter(eightTomorrow));
    }

    @Test
    void somebody_who_wrote_is_answered_whatever_caps_of_strangers_are_full_and_is_none_afterwards() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Cast.patch(merah, Map.of("cold_daily_cap", 2, "first_contact_daily_cap", 1, "daily_cap", 50));
        Cast.awaitStatus(merah, "online");
        PhoneNumber citra = Cast.anybody();
        wrote(merah, Cast.ANI);

        // When
        send(merah, Cast.BUDI);
        send(merah, Cast.ANI);
        events(merah, 2);
        forgetThatSheWrote(merah);
        send(merah, Cast.ANI);
        send(merah, Cast.BUDI);
        List<DeliveryEvent> events = events(merah, 4);
        wrote(merah, citra);
        send(merah, citra);
        List<DeliveryEvent> last = events(merah, 5);

        // Then
        assertThat(events.get(2)).as("cold now, and no stranger").isInstanceOf(Accepted.class);
        assertDeferred(events.get(3), DeferReason.COLD_DAILY_CAP);
        assertThat(last.get(4)).isInstanceOf(Accepted.class);
        assertThat(delivered(merah))
                .containsExactly(Cast.BUDI.digits(), Cast.ANI.digits(), Cast.ANI.digits(), citra.digits());
    }

    @Test
    void who_could_not_be_written_to_is_a_stranger_still() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Simulator.fault(merah.token(), "rate_limited", Map.of("retry_after_seconds", 1));

        // When
        send(merah, Cast.ANI);
        DeliveryEvent throttled = events(merah, 1).getFirst();

        // Then
        assertThat(throttled).isInstanceOf(Deferred.class);
        assertThat(database.run(
                                "SELECT count(*) FROM contacted_people c JOIN devices d ON c.number = d.fingerprint"
                                        + " WHERE d.id = $1",
                                merah.id().value())
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
        assertThat(number(merah, "first_contacts_on_day"))
                .as("who is tried again is not two people")
                .isZero();
    }

    private static void assertDeferred(DeliveryEvent event, DeferReason reason) {
        assertThat(event).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.reason()).isEqualTo(reason);
            assertThat(deferred.until()).isAfter(deferred.at());
        });
    }

    private static Registered registeredAgain(Registered device) {
        Cast.as(device.user(), "operator")
                .delete("/api/v1/devices/" + device.id())
                .then()
                .statusCode(204);
        Registered again = Cast.device(Cast.MAJU, "biru", device.token());
        Cast.patch(again, Map.of("first_contact_daily_cap", 2));
        Cast.awaitStatus(again, "online");
        return again;
    }

    private void wrote(Registered device, PhoneNumber person) {
        database.run(
                "INSERT INTO recent_inbound (device_id, phone, at) VALUES ($1, $2, clock_timestamp())",
                device.id().value(),
                person.digits());
    }

    private void forgetThatSheWrote(Registered device) {
        database.run(
                "DELETE FROM recent_inbound WHERE device_id = $1", device.id().value());
    }

    private int number(Registered device, String column) {
        return database.run(
                        "SELECT " + column + " FROM device_pacing WHERE device_id = $1",
                        device.id().value())
                .iterator()
                .next()
                .getInteger(0);
    }

    private static List<String> delivered(Registered device) {
        return Simulator.deliveries(device.token()).stream()
                .map(delivery -> (String) delivery.get("phone"))
                .toList();
    }

    private void send(Registered device, PhoneNumber person) {
        topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), person));
    }
}
