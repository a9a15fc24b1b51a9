package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.journal.BeginVerdict;
import io.siaran.gateway.journal.CallOutcome;
import io.siaran.gateway.journal.Journal;
import io.siaran.gateway.scene.Attempts;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who wrote to a device lately may be answered, whatever caps hold the messages to others. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReplyLaneTest extends CallbackScene {

    @Inject
    Journal journal;

    @Inject
    ConnectedDevices devices;

    @Inject
    ForgetCallbacks forget;

    @Test
    void answers_pass_full_caps_and_use_none_of_them_up() {
        // Given
        Registered merah = capped();
        wrote(merah, Cast.ANI, System.currentTimeMillis());

        // When
        send(merah, Cast.ANI);
        send(merah, Cast.BUDI);
        send(merah, Cast.anybody());
        send(merah, Cast.ANI);

        // Then
        List<DeliveryEvent> events = events(merah, 4);
        assertThat(events.get(0)).isInstanceOf(DeliveryEvent.Accepted.class);
        assertThat(events.get(1)).as("the first cold one").isInstanceOf(DeliveryEvent.Accepted.class);
        assertThat(events.get(2))
                .isInstanceOfSatisfying(
                        DeliveryEvent.Deferred.class,
                        deferred -> assertThat(deferred.reason()).isEqualTo(DeferReason.DAILY_CAP));
        assertThat(events.get(3)).isInstanceOf(DeliveryEvent.Accepted.class);
        assertThat(lanes(merah)).containsExactly("reply", "cold", "reply");
        assertThat(counted(merah)).containsExactly(1, 2, 1);
    }

    @Test
    void a_person_who_wrote_longer_ago_is_cold_whatever_a_platforms_clock_says() {
        // Given
        Registered merah = capped();
        send(merah, Cast.BUDI);
        events(merah, 1);

        // When
        wrote(merah, Cast.ANI, System.currentTimeMillis() - 25 * 3_600_000L);
        send(merah, Cast.ANI);
        List<DeliveryEvent> late = events(merah, 2);
        wrote(merah, Cast.ANI, System.currentTimeMillis() + 10 * 24 * 3_600_000L);
        database.run(
                "UPDATE recent_inbound SET at = at - interval '24 hours' WHERE device_id = $1",
                merah.id().value());
        send(merah, Cast.ANI);

        // Then
        assertThat(late.getLast()).isInstanceOf(DeliveryEvent.Deferred.class);
        assertThat(events(merah, 3).getLast()).isInstanceOf(DeliveryEvent.Deferred.class);
    }

    @Test
    void an_answer_that_was_not_sent_gives_a_cold_message_no_room() {
        // Given
        Registered merah = capped();
        wrote(merah, Cast.ANI, System.currentTimeMillis());
        ConnectedDevice device = devices.newest(merah.id()).orElseThrow();
        journal.openPacing(device);
        end(device, Cast.send(merah, Cast.message(), Cast.BUDI), new CallOutcome("accepted", null, null, null, "x"));

        // When
        end(device, Cast.send(merah, Cast.message(), Cast.ANI), CallOutcome.TAKEN_BACK);

        // Then
        assertThat(counted(merah)).containsExactly(1, 0, 1);
        assertThat(journal.begin(Attempts.of(Cast.send(merah, Cast.message(), Cast.BUDI), device)))
                .isInstanceOf(BeginVerdict.FullDay.class);
    }

    @Test
    void that_somebody_wrote_is_forgotten_two_days_later() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        wrote(merah, Cast.ANI, System.currentTimeMillis());
        wrote(merah, Cast.BUDI, System.currentTimeMillis());

        // When
        database.run(
                "UPDATE recent_inbound SET at = at - interval '50 hours' WHERE device_id = $1 AND phone = $2",
                merah.id().value(),
                Cast.ANI.digits());
        forget.forget();

        // Then
        List<String> known = new ArrayList<>();
        database.run(
                        "SELECT phone FROM recent_inbound WHERE device_id = $1",
                        merah.id().value())
                .forEach(row -> known.add(row.getString(0)));
        assertThat(known).containsExactly(Cast.BUDI.digits());
    }

    private void end(ConnectedDevice device, Send send, CallOutcome outcome) {
        UUID turn = UUID.randomUUID();
        assertThat(journal.begin(Attempts.of(send, turn, device))).isInstanceOf(BeginVerdict.Begun.class);
        assertThat(journal.settle(send, turn, outcome)).isTrue();
    }

    /** Who may say one cold message a day, and one an hour. */
    private static Registered capped() {
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Cast.patch(merah, Map.of("daily_cap", 1, "hourly_cap", 1));
        Cast.awaitStatus(merah, "online");
        return merah;
    }

    private void wrote(Registered device, PhoneNumber person, long millis) {
        Map<String, Object> reply = reply(UUID.randomUUID().toString(), person.digits(), "Berapa harga?");
        reply.put("timestamp", millis / 1_000);
        post(address(device), reply).statusCode(200);
        awaitWorkedOff(device);
    }

    private void send(Registered device, PhoneNumber person) {
        topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), person));
    }

    private List<String> lanes(Registered device) {
        List<String> lanes = new ArrayList<>();
        database.run(
                        "SELECT lane FROM send_journal WHERE device_id = $1 AND started_at IS NOT NULL ORDER BY started_at",
                        device.id().value())
                .forEach(row -> lanes.add(row.getString(0)));
        return lanes;
    }

    /** Cold messages of the day, answers of the day, cold messages of the hour. */
    private List<Integer> counted(Registered device) {
        Row row = database.run(
                        "SELECT sent_on_day, replies_on_day, cardinality(recent_sends) FROM device_pacing WHERE device_id = $1",
                        device.id().value())
                .iterator()
                .next();
        return List.of(row.getInteger(0), row.getInteger(1), row.getInteger(2));
    }
}
