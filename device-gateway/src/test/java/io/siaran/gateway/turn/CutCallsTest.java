package io.siaran.gateway.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.journal.BeginVerdict;
import io.siaran.gateway.journal.CallOutcome;
import io.siaran.gateway.journal.Journal;
import io.siaran.gateway.numbercheck.CheckedNumbers;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that nobody settled. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CutCallsTest extends GatewayScene {

    private static final UUID TURN = UUID.randomUUID();

    @Inject
    Journal journal;

    @Inject
    Turn turn;

    @Inject
    ConnectedDevices devices;

    @Inject
    Providers providers;

    @Inject
    CheckedNumbers numbers;

    @Inject
    TurnConfig turnConfig;

    @Inject
    Clock clock;

    @Test
    void a_call_that_nobody_settled_is_rescued_as_unknown_and_stays_unsent() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        started(send, "now() - interval '1 second'");

        // When
        journal.rescueCutCalls(500);

        // Then
        assertThat(events(merah, 1).getFirst()).isInstanceOf(DeliveryEvent.Unknown.class);
        topics.send(Topic.DEVICE_SENDS, merah.id(), send);
        assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Unknown.class);
        assertThat(Simulator.deliveries(merah.token())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"accepted,", "returned, not_sent", "deferred, rate_limited", "rejected,", "failed,"})
    void whatever_is_known_late_wins_over_unknown_and_nothing_wins_over_that(String state, String reason) {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        started(send, "now() - interval '1 second'");
        journal.rescueCutCalls(500);

        // When
        boolean unknown = journal.settle(send, TURN, new CallOutcome("unknown", null, "cut", null, null));
        boolean known = journal.settle(send, TURN, new CallOutcome(state, reason, null, Duration.ofSeconds(1), null));
        boolean again = journal.settle(send, TURN, new CallOutcome("accepted", null, null, null, "id-1"));

        // Then
        assertThat(List.of(unknown, known, again)).containsExactly(false, true, false);
        assertThat(events(merah, 2))
                .extracting(event -> event.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .containsExactly("unknown", state);
    }

    @Test
    void a_turn_that_finds_out_late_that_it_never_called_puts_its_unknown_right() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        started(send, "now() - interval '1 second'");
        journal.rescueCutCalls(500);

        // When
        boolean byAnother = journal.settle(send, UUID.randomUUID(), CallOutcome.TAKEN_BACK);
        boolean byItself = journal.settle(send, TURN, CallOutcome.TAKEN_BACK);

        // Then
        assertThat(byAnother).isFalse();
        assertThat(byItself).isTrue();
        assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Returned.class);
    }

    @Test
    void a_beginning_that_was_given_up_as_lost_and_shows_after_all_is_taken_back_by_the_lane_that_asked_for_it() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        journal.openPacing(devices.newest(merah.id()).orElseThrow());
        started(send, "now() + interval '1 minute'");

        // When
        turn.take(send, UUID.randomUUID());
        TurnEnd end = turn.take(send, TURN);

        // Then
        assertThat(end).isInstanceOf(TurnEnd.NotCalled.class);
        assertThat(reasons(merah, 1)).containsExactly(ReturnReason.NOT_SENT);
        assertThat(Simulator.deliveries(merah.token())).isEmpty();
    }

    @Test
    void a_call_that_ends_in_an_error_is_never_taken_back_since_it_may_have_gone_out() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        ProviderCall broken = new ProviderCall(null, null, null, null, null, turnConfig, clock) {
            @Override
            TurnEnd make(
                    Send sent, UUID turn, ConnectedDevice device, OutgoingMessage message, BeginVerdict.Begun begun) {
                throw new StackOverflowError();
            }
        };

        // When
        TurnEnd end = new Turn(devices, providers, numbers, journal, broken, clock).take(send, TURN);

        // Then
        assertThat(end).isInstanceOf(TurnEnd.Called.class);
        assertThat(state(send)).isEqualTo("started");
    }

    @Test
    void the_rescuer_leaves_a_call_alone_until_its_deadline() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        started(send, "now() + interval '1 minute'");

        // When
        journal.rescueCutCalls(500);

        // Then
        assertThat(state(send)).isEqualTo("started");
    }

    private String state(Send send) {
        return database.run(
                        "SELECT state FROM send_journal WHERE message_id = $1",
                        send.messageId().value())
                .iterator()
                .next()
                .getString("state");
    }

    private void started(Send send, String deadline) {
        database.run(
                "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,"
                        + " sent_text) VALUES ($1, $2, $3, $4, 'started', $5, now() - interval '1 minute', " + deadline
                        + ", 'x')",
                send.messageId().value(),
                send.tryNo(),
                send.deviceId().value(),
                send.userId().value(),
                TURN);
    }
}
