package io.siaran.dispatch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.dispatch.Cast;
import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.message.Settlement;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.ReturnReason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {

    private static final Instant NOW = Instant.parse("2026-11-27T02:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(600);
    private static final MessageId ID = MessageId.random(NOW, new Random(1));

    private final Verdict verdict =
            new Verdict(new RetryPolicy(3, Duration.ofSeconds(30), 4, Duration.ofMinutes(15), 0), new Random(1));

    static Stream<Arguments> whatBecomesOfAMessageInFlight() {
        return Stream.of(
                Arguments.of(accepted(2), new Settlement.Sent(ID, 2, NOW, "wamid", "Hi")),
                Arguments.of(returned(2, ReturnReason.RECALLED, null), new Settlement.Waits(ID, 1, NOW, "recalled")),
                Arguments.of(returned(2, ReturnReason.TOO_LATE, null), new Settlement.Waits(ID, 1, NOW, "too_late")),
                Arguments.of(
                        returned(2, ReturnReason.NOT_SENT, null),
                        new Settlement.Waits(ID, 1, NOW.plusSeconds(30), "not_sent")),
                Arguments.of(
                        returned(2, ReturnReason.DEVICE_NOT_ONLINE, LATER),
                        new Settlement.Waits(ID, 1, LATER, "device_not_online")),
                Arguments.of(
                        returned(2, ReturnReason.DEVICE_REFUSED, null),
                        new Settlement.Waits(ID, 1, NOW.plusSeconds(30), "device_refused")),
                Arguments.of(
                        returned(2, ReturnReason.WRONG_OWNER, null),
                        new Settlement.Ended(ID, 1, FailureReason.WRONG_OWNER, "wrong_owner")),
                Arguments.of(
                        returned(2, ReturnReason.SUPPRESSED, null),
                        new Settlement.Ended(ID, 1, FailureReason.SUPPRESSED, "suppressed")),
                Arguments.of(deferred(2), new Settlement.Waits(ID, 1, LATER, "rate_limited")),
                Arguments.of(
                        rejected(2), new Settlement.Ended(ID, 2, FailureReason.CONTACT_REJECTED, "not on WhatsApp")),
                Arguments.of(failed(2), new Settlement.Waits(ID, 2, NOW.plusSeconds(120), "busy")),
                Arguments.of(unknown(2), new Settlement.Lost(ID, 2, "timeout")));
    }

    @ParameterizedTest
    @MethodSource("whatBecomesOfAMessageInFlight")
    void every_outcome_settles_the_try_in_flight(DeliveryEvent event, Settlement expected) {
        assertThat(verdict.on(message(MessageState.PROCESSING, 1, null), event, NOW))
                .contains(expected);
    }

    @ParameterizedTest
    @EnumSource(MessageState.class)
    void an_acceptance_wins_over_everything_but_another(MessageState state) {
        var settled = verdict.on(message(state, 1, null), accepted(1), NOW);

        assertThat(settled.isPresent()).isEqualTo(state != MessageState.SENT);
    }

    @ParameterizedTest
    @EnumSource(MessageState.class)
    void every_other_outcome_of_an_older_try_is_ignored(MessageState state) {
        for (DeliveryEvent event : othersOf(1)) {
            assertThat(verdict.on(message(state, 1, null), event, NOW)).isEmpty();
        }
    }

    @Test
    void every_other_outcome_moves_only_a_processing_message() {
        Set<MessageState> settled = EnumSet.complementOf(EnumSet.of(MessageState.PROCESSING));
        for (MessageState state : settled) {
            for (DeliveryEvent event : othersOf(2)) {
                assertThat(verdict.on(message(state, 1, null), event, NOW)).isEmpty();
            }
        }
    }

    @Test
    void a_third_failure_of_the_provider_is_the_last() {
        var settled = verdict.on(message(MessageState.PROCESSING, 2, null), failed(2), NOW);

        assertThat(settled).contains(new Settlement.Ended(ID, 3, FailureReason.PROVIDER_FAILED, "busy"));
    }

    @Test
    void a_stopped_message_ends_when_its_try_comes_back_or_fails() {
        QueuedMessage stopped = message(MessageState.PROCESSING, 0, FailureReason.WITHDRAWN);

        for (DeliveryEvent event : List.of(returned(2, ReturnReason.RECALLED, null), deferred(2), failed(2))) {
            assertThat(verdict.on(stopped, event, NOW))
                    .get()
                    .isInstanceOfSatisfying(
                            Settlement.Ended.class,
                            ended -> assertThat(ended.reason()).isEqualTo(FailureReason.WITHDRAWN));
        }
    }

    @Test
    void a_stopped_message_that_went_out_is_sent() {
        QueuedMessage stopped = message(MessageState.PROCESSING, 0, FailureReason.WITHDRAWN);

        assertThat(verdict.on(stopped, accepted(2), NOW)).get().isInstanceOf(Settlement.Sent.class);
        assertThat(verdict.on(stopped, unknown(2), NOW)).get().isInstanceOf(Settlement.Lost.class);
    }

    private static List<DeliveryEvent> othersOf(int tryNo) {
        return List.of(
                returned(tryNo, ReturnReason.NOT_SENT, null),
                deferred(tryNo),
                rejected(tryNo),
                failed(tryNo),
                unknown(tryNo));
    }

    private static QueuedMessage message(MessageState state, int attempts, FailureReason ending) {
        return new QueuedMessage(ID, Cast.MERAH, state, 2, attempts, ending);
    }

    private static DeliveryEvent accepted(int tryNo) {
        return new DeliveryEvent.Accepted(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, "wamid", "Hi");
    }

    private static DeliveryEvent returned(int tryNo, ReturnReason reason, Instant notBefore) {
        return new DeliveryEvent.Returned(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, reason, null, notBefore);
    }

    private static DeliveryEvent deferred(int tryNo) {
        return new DeliveryEvent.Deferred(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, LATER, DeferReason.RATE_LIMITED);
    }

    private static DeliveryEvent rejected(int tryNo) {
        return new DeliveryEvent.Rejected(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, "not on WhatsApp");
    }

    private static DeliveryEvent failed(int tryNo) {
        return new DeliveryEvent.Failed(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, "busy");
    }

    private static DeliveryEvent unknown(int tryNo) {
        return new DeliveryEvent.Unknown(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, "timeout");
    }
}
