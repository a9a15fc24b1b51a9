package io.siaran.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.breaker.Judgement;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.rules.Rate;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.gateway.rules.SendingRules.Caps;
import io.siaran.gateway.scene.Attempts;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of sending, held by the database against as many gateways as there may be. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class JournalRulesTest extends GatewayScene {

    private static final ZoneId KUALA_LUMPUR = ZoneId.of("Asia/Kuala_Lumpur");
    private static final int RACERS = 16;

    @Inject
    Journal journal;

    @Inject
    ConnectedDevices devices;

    @Test
    void a_daily_cap_holds_against_racing_turns_and_tells_which_day_is_full() throws Exception {
        // Given
        ConnectedDevice merah = ruled(Caps.of(null, 5, Optional.empty()));

        // When
        List<BeginVerdict> ends = race(merah);

        // Then
        assertThat(ends).filteredOn(BeginVerdict.Begun.class::isInstance).hasSize(5);
        assertThat(ends)
                .filteredOn(end -> !(end instanceof BeginVerdict.Begun))
                .containsOnly(
                        new BeginVerdict.FullDay(ZonedDateTime.now(KUALA_LUMPUR).toLocalDate()));
    }

    @Test
    void an_hourly_cap_holds_against_racing_turns_and_frees_an_hour_after_its_oldest_message() throws Exception {
        // Given
        ConnectedDevice merah = ruled(Caps.of(3, null, Optional.empty()));

        // When
        List<BeginVerdict> ends = race(merah);

        // Then
        assertThat(ends).filteredOn(BeginVerdict.Begun.class::isInstance).hasSize(3);
        Instant oldest = database.run(
                        "SELECT min(started_at) AS at FROM send_journal WHERE device_id = $1",
                        merah.id().value())
                .iterator()
                .next()
                .getOffsetDateTime("at")
                .toInstant();
        assertThat(ends)
                .filteredOn(end -> !(end instanceof BeginVerdict.Begun))
                .containsOnly(new BeginVerdict.NotBefore(oldest.plus(1, ChronoUnit.HOURS), DeferReason.HOURLY_CAP));
    }

    @Test
    void an_hour_has_room_again_when_its_oldest_message_leaves_it() {
        // Given
        ConnectedDevice merah = ruled(Caps.of(2, null, Optional.empty()));
        end(merah);
        end(merah);
        database.run(
                "UPDATE device_pacing SET recent_sends[1] = recent_sends[1] - interval '1 hour' WHERE device_id = $1",
                merah.id().value());

        // When // Then
        assertThat(end(merah)).isInstanceOf(BeginVerdict.Begun.class);
        assertThat(end(merah)).isInstanceOf(BeginVerdict.NotBefore.class);
    }

    @Test
    void a_new_day_begins_anew_and_a_day_that_comes_back_does_not() {
        // Given
        ConnectedDevice merah = ruled(Caps.of(null, 1, Optional.empty()));
        end(merah);

        // When // Then
        day(merah, "counted_day - 1");
        assertThat(end(merah)).isInstanceOf(BeginVerdict.Begun.class);
        day(merah, "counted_day + 1");
        assertThat(end(merah)).isInstanceOf(BeginVerdict.FullDay.class);
    }

    @Test
    void what_provably_was_not_sent_is_given_back_and_what_a_platform_refused_is_not() {
        // Given
        ConnectedDevice merah = ruled(Caps.of(1, 1, Optional.empty()));

        // When
        BeginVerdict first = end(merah, CallOutcome.TAKEN_BACK);
        BeginVerdict second = end(merah, new CallOutcome("failed", null, "said no", null, null));
        BeginVerdict third = end(merah);

        // Then
        assertThat(List.of(first, second)).hasOnlyElementsOfType(BeginVerdict.Begun.class);
        assertThat(third).isInstanceOf(BeginVerdict.FullDay.class);
    }

    @Test
    void what_failed_before_the_platform_was_called_counts_for_no_failure_of_the_device() {
        // Given
        ConnectedDevice merah = ruled(Caps.NONE);

        // When
        end(merah, outcome(new SendOutcome.Uncalled(new SendOutcome.NotSent("too many images are under way"))));
        end(merah, outcome(new SendOutcome.Uncalled(new SendOutcome.MediaUnavailable("404"))));
        end(merah, CallOutcome.TAKEN_BACK);
        end(merah, outcome(new SendOutcome.ProviderFailed("500")));

        // Then
        assertThat(database.run(
                                "SELECT failed_on_day FROM device_pacing WHERE device_id = $1",
                                merah.id().value())
                        .iterator()
                        .next()
                        .getInteger(0))
                .isOne();
    }

    private static CallOutcome outcome(SendOutcome outcome) {
        return CallOutcome.of(outcome, Judgement.NONE, null);
    }

    @Test
    void a_shared_rate_holds_over_devices_that_race_and_sends_the_refused_home_one_by_one() throws Exception {
        // Given
        Rate rate = new Rate("user:" + UUID.randomUUID(), 12);
        List<ConnectedDevice> fleet = IntStream.range(0, 8)
                .mapToObj(_ -> ruled(Caps.NONE, List.of(rate)))
                .toList();

        // When
        List<BeginVerdict> ends = race(fleet.stream().map(device -> (Callable<BeginVerdict>) () -> end(device)));

        // Then: twelve a minute is two at once and one every five seconds
        assertThat(ends).filteredOn(BeginVerdict.Begun.class::isInstance).hasSize(2);
        List<Instant> places = ends.stream()
                .filter(BeginVerdict.NotBefore.class::isInstance)
                .map(end -> ((BeginVerdict.NotBefore) end).free())
                .sorted()
                .toList();
        assertThat(places).hasSize(6).doesNotHaveDuplicates();
        for (int i = 1; i < places.size(); i++) {
            assertThat(Duration.between(places.get(i - 1), places.get(i))).isEqualTo(rate.interval());
        }
    }

    @Test
    void without_a_rate_no_row_of_rates_is_touched() {
        // Given
        ConnectedDevice merah = ruled(Caps.NONE);

        // When
        end(merah);

        // Then
        assertThat(database.run("SELECT FROM sending_rates WHERE scope = 'fleet'")
                        .rowCount())
                .isZero();
    }

    @Test
    void quiet_hours_put_a_message_off_until_they_end_and_the_lane_goes_on() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        ZonedDateTime now = ZonedDateTime.now(KUALA_LUMPUR).truncatedTo(ChronoUnit.MINUTES);
        LocalTime from = now.minusHours(1).toLocalTime();
        LocalTime until = now.plusHours(2).toLocalTime();
        Cast.patch(merah, Map.of("quiet_hours", List.of(Map.of("from", "%s".formatted(from), "until", "" + until))));
        Cast.awaitStatus(merah, "online");

        // When
        Send first = Cast.send(merah, Cast.message(), Cast.ANI, 1, null, 3_600);
        Send second = Cast.send(merah, Cast.message(), Cast.BUDI);
        topics.send(Topic.DEVICE_SENDS, merah.id(), first);
        topics.send(Topic.DEVICE_SENDS, merah.id(), second);

        // Then
        List<DeliveryEvent> events = events(merah, 2);
        assertThat(events)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(DeliveryEvent.Deferred.class, deferred -> {
                            assertThat(deferred.reason()).isEqualTo(DeferReason.QUIET_HOURS);
                            assertThat(deferred.until())
                                    .isEqualTo(now.plusHours(2).toInstant());
                        }));
        assertThat(Simulator.deliveries(merah.token())).isEmpty();
    }

    @Test
    void a_changed_rule_is_obeyed_by_the_very_next_turn_and_a_new_cap_counts_what_was_said_today() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.BUDI));
        assertThat(events(merah, 2)).hasOnlyElementsOfType(DeliveryEvent.Accepted.class);

        // When
        Cast.patch(merah, Map.of("daily_cap", 2));
        Cast.awaitStatus(merah, "online");
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));

        // Then
        assertThat(events(merah, 3).get(2)).isInstanceOfSatisfying(DeliveryEvent.Deferred.class, deferred -> {
            assertThat(deferred.reason()).isEqualTo(DeferReason.DAILY_CAP);
            assertThat(deferred.until())
                    .isEqualTo(ZonedDateTime.now(KUALA_LUMPUR)
                            .plusDays(1)
                            .truncatedTo(ChronoUnit.DAYS)
                            .toInstant());
        });
    }

    @Test
    void a_rule_of_the_user_holds_for_its_devices() {
        // Given
        Registered biru = Cast.onlineDevice(Cast.TENANG, "biru");
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.ANI));
        events(biru, 1);

        // When
        Cast.as(Cast.TENANG, "operator")
                .body(Map.of(
                        "quiet_hours",
                        List.of(Map.of("from", "00:00", "until", "12:00"), Map.of("from", "12:00", "until", "00:00"))))
                .put("/api/v1/sending-rules")
                .then()
                .statusCode(200);
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.ANI));

        // Then
        assertThat(events(biru, 2).get(1)).isInstanceOf(DeliveryEvent.Deferred.class);
    }

    @Test
    void a_try_that_the_database_refuses_ends_with_the_reason() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        String unstorable = Cast.TEXT + "\0";
        Send send = Cast.saying(unstorable, Cast.send(merah, Cast.message(), Cast.ANI));

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), send);
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));

        // Then
        assertThat(events(merah, 2).get(0))
                .isInstanceOfSatisfying(
                        DeliveryEvent.Failed.class,
                        failed -> assertThat(failed.detail()).contains("22"));
        assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Accepted.class);
    }

    @Test
    void a_resend_that_has_to_wait_waives_nothing_yet() {
        // Given
        ConnectedDevice merah = ruled(Caps.NONE);
        journal.openPacing(merah);
        Send first = Cast.send(registered(merah), Cast.message(), Cast.ANI);
        Attempt attempt = Attempts.of(first, merah);
        journal.begin(attempt);
        journal.settle(first, attempt.turn(), new CallOutcome("unknown", null, "cut", null, null));
        Send again = Cast.send(registered(merah), first.messageId(), Cast.ANI, 2, 1, 0);

        // When
        BeginVerdict waiting = journal.begin(new Attempt(
                again,
                UUID.randomUUID(),
                merah,
                attempt.frame(),
                Duration.ofMinutes(1),
                attempt.longestCall(),
                attempt.message()));
        boolean waivedWhileWaiting = isSuperseded(first);
        BeginVerdict begun = journal.begin(Attempts.of(again, merah));

        // Then
        assertThat(waiting).isInstanceOf(BeginVerdict.Wait.class);
        assertThat(waivedWhileWaiting).isFalse();
        assertThat(begun).isInstanceOf(BeginVerdict.Begun.class);
        assertThat(isSuperseded(first)).isTrue();
    }

    private boolean isSuperseded(Send send) {
        return database.run(
                        "SELECT superseded FROM send_journal WHERE message_id = $1 AND try_no = $2",
                        send.messageId().value(),
                        send.tryNo())
                .iterator()
                .next()
                .getBoolean("superseded");
    }

    private void day(ConnectedDevice device, String moved) {
        database.run(
                "UPDATE device_pacing SET counted_day = " + moved + " WHERE device_id = $1",
                device.id().value());
    }

    private ConnectedDevice ruled(Caps caps) {
        return ruled(caps, List.of());
    }

    private ConnectedDevice ruled(Caps caps, List<Rate> rates) {
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        SendingRules rules = new SendingRules(KUALA_LUMPUR, List.of(), Set.of(), caps, Instant.EPOCH, rates);
        return Cast.under(rules, devices.newest(merah.id()).orElseThrow());
    }

    private static Registered registered(ConnectedDevice device) {
        return new Registered(device.id(), Cast.SINAR, device.credential().secret());
    }

    private BeginVerdict end(ConnectedDevice device) {
        return end(device, new CallOutcome("accepted", null, null, null, "id-1"));
    }

    /** A new message's turn, again until it need not wait; settled at once when it began. */
    private BeginVerdict end(ConnectedDevice device, CallOutcome settlement) {
        Send send = Cast.send(registered(device), Cast.message(), Cast.ANI);
        while (true) {
            Attempt attempt = Attempts.of(send, device);
            switch (journal.begin(attempt)) {
                case BeginVerdict.NoPacingRow() -> journal.openPacing(device);
                case BeginVerdict.Wait wait -> Thread.onSpinWait();
                case BeginVerdict.Begun begun -> {
                    journal.settle(send, attempt.turn(), settlement);
                    return begun;
                }
                case BeginVerdict other -> {
                    return other;
                }
            }
        }
    }

    private List<BeginVerdict> race(ConnectedDevice device) throws Exception {
        return race(IntStream.range(0, RACERS).mapToObj(_ -> () -> end(device)));
    }

    private static List<BeginVerdict> race(Stream<Callable<BeginVerdict>> racers) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<BeginVerdict> ends = new ArrayList<>();
            for (Future<BeginVerdict> end : threads.invokeAll(racers.toList())) {
                ends.add(end.get());
            }
            return ends;
        }
    }
}
