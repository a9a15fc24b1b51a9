package io.siaran.dispatch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.dispatch.Cast;
import io.siaran.dispatch.message.Evidence;
import io.siaran.dispatch.message.MessageChange;
import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.message.WaitingFor;
import io.siaran.dispatch.queue.DeviceQueue.Hold;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.FailReason;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.Recall;
import io.siaran.model.RejectReason;
import io.siaran.model.ReturnReason;
import io.siaran.model.UnknownPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
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
                Arguments.of(accepted(2), new MessageChange.Sent(ID, 2, 2, NOW, "wamid", "Hi", null, null)),
                Arguments.of(
                        returned(2, ReturnReason.RECALLED, null),
                        new MessageChange.Requeued(ID, 1, null, "recalled", null)),
                Arguments.of(
                        returned(2, ReturnReason.TOO_LATE, null),
                        new MessageChange.Requeued(ID, 1, null, "too_late", null)),
                Arguments.of(
                        returned(2, ReturnReason.NOT_SENT, null),
                        new MessageChange.Requeued(ID, 1, NOW.plusSeconds(30), "not_sent", null)),
                Arguments.of(
                        returned(2, ReturnReason.DEVICE_NOT_ONLINE, LATER),
                        new MessageChange.Requeued(ID, 1, LATER, "device_not_online", null)),
                Arguments.of(
                        returned(2, ReturnReason.DEVICE_REFUSED, null),
                        new MessageChange.Requeued(ID, 1, null, "device_refused", null)),
                // The time is that of its device, which may be linked again before: then this one is first, as it was.
                Arguments.of(
                        returned(2, ReturnReason.DEVICE_REFUSED, LATER),
                        new MessageChange.Requeued(ID, 1, null, "device_refused", null)),
                // Behind what was never tried, and no attempt is burnt.
                Arguments.of(
                        returned(2, ReturnReason.PLATFORM_TROUBLE, LATER),
                        new MessageChange.Requeued(ID, 1, LATER, "platform_trouble", null)),
                Arguments.of(
                        returned(2, ReturnReason.WRONG_OWNER, null),
                        new MessageChange.Ended(ID, 1, FailureReason.WRONG_OWNER, "wrong_owner", null)),
                Arguments.of(
                        returned(2, ReturnReason.SUPPRESSED, null),
                        new MessageChange.Ended(ID, 1, FailureReason.SUPPRESSED, "suppressed", null)),
                Arguments.of(deferred(2), new MessageChange.Requeued(ID, 1, null, "rate_limited", null)),
                Arguments.of(rejected(2), new MessageChange.Ended(ID, 2, FailureReason.CONTACT_REJECTED, "no", null)),
                Arguments.of(failed(2), new MessageChange.Requeued(ID, 2, NOW.plusSeconds(120), "busy", null)),
                Arguments.of(unknown(2), new MessageChange.OutcomeUnknown(ID, 2, "timeout")));
    }

    @ParameterizedTest
    @EnumSource
    void a_rejected_message_fails_with_the_reason_of_its_platform(RejectReason reason) {
        assertThat(on(message(MessageState.PROCESSING, 1, null), rejected(2, reason)))
                .containsExactly(new MessageChange.Ended(ID, 2, FailureReason.valueOf(reason.name()), "no", null));
    }

    @ParameterizedTest
    @EnumSource
    void the_last_failed_try_says_why_the_message_failed(FailReason reason) {
        // Given
        DeliveryEvent last = new DeliveryEvent.Failed(ID, 2, Cast.AMINAH, Cast.MERAH, NOW, reason, "no");

        // Then
        assertThat(on(message(MessageState.PROCESSING, 2, null), last))
                .containsExactly(new MessageChange.Ended(ID, 3, FailureReason.valueOf(reason.name()), "no", null));
    }

    @ParameterizedTest
    @MethodSource("whatBecomesOfAMessageInFlight")
    void every_outcome_settles_the_try_in_flight(DeliveryEvent event, MessageChange expected) {
        assertThat(on(message(MessageState.PROCESSING, 1, null), event)).containsExactly(expected);
    }

    @Test
    void what_speaks_against_the_device_holds_the_device() {
        QueuedMessage message = message(MessageState.PROCESSING, 0, null);

        assertThat(verdict.hold(message, deferred(2), NOW)).contains(held(LATER, WaitingFor.RATE_LIMITED));
        assertThat(verdict.hold(message, returned(2, ReturnReason.DEVICE_NOT_ONLINE, null), NOW))
                .contains(held(NOW.plusSeconds(30), WaitingFor.DEVICE_NOT_ONLINE));
        assertThat(verdict.hold(message, returned(2, ReturnReason.DEVICE_REFUSED, null), NOW))
                .contains(held(NOW.plusSeconds(120), WaitingFor.DEVICE_REFUSED));
        assertThat(verdict.hold(message, returned(2, ReturnReason.PLATFORM_TROUBLE, LATER), NOW))
                .contains(held(LATER, WaitingFor.PLATFORM_TROUBLE));
        assertThat(verdict.hold(message, returned(2, ReturnReason.RECALLED, null), NOW))
                .isEmpty();
        assertThat(verdict.hold(message, returned(2, ReturnReason.NOT_SENT, null), NOW))
                .isEmpty();
    }

    @Test
    void a_turn_that_was_late_before_its_time_is_not_repeated_at_once() {
        QueuedMessage message = message(MessageState.PROCESSING, 0, null);
        DeliveryEvent tooLate = returned(2, ReturnReason.TOO_LATE, null);

        assertThat(verdict.hold(message, tooLate, LATER.minusSeconds(1)))
                .contains(held(LATER.plusSeconds(119), WaitingFor.LATE_TURN));
        assertThat(verdict.hold(message, tooLate, LATER)).isEmpty();
    }

    private static Hold held(Instant until, WaitingFor reason) {
        return new Hold(Cast.MERAH, until, reason);
    }

    @ParameterizedTest
    @EnumSource(MessageState.class)
    void an_acceptance_wins_over_everything_but_another(MessageState state) {
        var settled = on(message(state, 1, null), accepted(1));

        assertThat(settled)
                .hasOnlyElementsOfType(
                        state == MessageState.SENT ? MessageChange.EvidenceAdded.class : MessageChange.Sent.class)
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(MessageState.class)
    void every_other_outcome_of_an_older_try_is_ignored(MessageState state) {
        for (DeliveryEvent event : othersOf(1)) {
            assertThat(on(message(state, 1, null), event)).isEmpty();
        }
    }

    @Test
    void every_other_outcome_moves_only_a_message_whose_try_is_open() {
        Set<MessageState> settled = EnumSet.complementOf(EnumSet.of(MessageState.PROCESSING, MessageState.UNKNOWN));
        for (MessageState state : settled) {
            for (DeliveryEvent event : othersOf(2)) {
                assertThat(on(message(state, 1, null), event)).isEmpty();
            }
        }
    }

    @Test
    void a_third_failure_of_the_provider_is_the_last() {
        var settled = on(message(MessageState.PROCESSING, 2, null), failed(2));

        assertThat(settled)
                .containsExactly(new MessageChange.Ended(ID, 3, FailureReason.PROVIDER_FAILED, "busy", null));
    }

    @Test
    void a_stopped_message_ends_when_its_try_comes_back_or_fails() {
        QueuedMessage stopped = message(MessageState.PROCESSING, 0, FailureReason.WITHDRAWN);

        for (DeliveryEvent event : List.of(returned(2, ReturnReason.RECALLED, null), deferred(2), failed(2))) {
            assertThat(on(stopped, event))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MessageChange.Ended.class,
                            ended -> assertThat(ended.reason()).isEqualTo(FailureReason.WITHDRAWN));
        }
    }

    @Test
    void a_stopped_message_that_went_out_is_sent() {
        QueuedMessage stopped = message(MessageState.PROCESSING, 0, FailureReason.WITHDRAWN);

        assertThat(on(stopped, accepted(2))).singleElement().isInstanceOf(MessageChange.Sent.class);
        assertThat(on(stopped, unknown(2))).singleElement().isInstanceOf(MessageChange.OutcomeUnknown.class);
    }

    @Test
    void what_is_told_of_a_try_that_may_be_forgotten_is_no_proof_that_it_was_not_sent() {
        // Given
        QueuedMessage message = message(MessageState.PROCESSING, 1, null);
        Instant sure = LATER.plus(Recall.REMEMBERED_FOR);
        List<Function<Instant, DeliveryEvent>> answers = List.of(
                at -> returnedAt(at, ReturnReason.RECALLED),
                at -> returnedAt(at, ReturnReason.TOO_LATE),
                at -> new DeliveryEvent.Deferred(
                        ID, 2, Cast.AMINAH, Cast.MERAH, at, at.plusSeconds(60), DeferReason.RATE_LIMITED),
                at -> new DeliveryEvent.Rejected(
                        ID, 2, Cast.AMINAH, Cast.MERAH, at, RejectReason.NOT_ON_WHATSAPP, "no"),
                at -> new DeliveryEvent.Failed(ID, 2, Cast.AMINAH, Cast.MERAH, at, FailReason.PROVIDER_FAILED, "busy"));

        for (Function<Instant, DeliveryEvent> answer : answers) {
            // When
            List<MessageChange> believed = on(message, answer.apply(sure));
            List<MessageChange> doubted = on(message, answer.apply(sure.plusMillis(1)));

            // Then
            assertThat(believed).singleElement().isNotInstanceOf(MessageChange.OutcomeUnknown.class);
            assertThat(doubted)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MessageChange.OutcomeUnknown.class,
                            lost -> assertThat(lost.attempts()).isEqualTo(2));
            assertThat(verdict.hold(message, answer.apply(sure.plusMillis(1)), NOW))
                    .isEmpty();
        }
    }

    @Test
    void what_was_told_in_time_is_believed_however_late_it_is_read() {
        QueuedMessage message = message(MessageState.PROCESSING, 1, null);

        List<MessageChange> settled = verdict.on(
                message,
                returned(2, ReturnReason.RECALLED, null),
                UnknownPolicy.HOLD,
                LATER.plus(Recall.REMEMBERED_FOR).plusSeconds(1));

        assertThat(settled).containsExactly(new MessageChange.Requeued(ID, 1, null, "recalled", null));
    }

    @Test
    void of_a_try_that_is_known_to_be_unknown_the_gateway_does_not_forget() {
        QueuedMessage message = message(MessageState.UNKNOWN, 2, null);

        assertThat(on(message, returnedAt(LATER.plus(Recall.REMEMBERED_FOR).plusSeconds(1), ReturnReason.NOT_SENT)))
                .singleElement()
                .isInstanceOf(MessageChange.Requeued.class);
    }

    private static DeliveryEvent returnedAt(Instant at, ReturnReason reason) {
        return new DeliveryEvent.Returned(ID, 2, Cast.AMINAH, Cast.MERAH, at, reason, null, null);
    }

    private static List<DeliveryEvent> othersOf(int tryNo) {
        return List.of(
                returned(tryNo, ReturnReason.NOT_SENT, null),
                deferred(tryNo),
                rejected(tryNo),
                failed(tryNo),
                unknown(tryNo));
    }

    private List<MessageChange> on(QueuedMessage message, DeliveryEvent event) {
        return verdict.on(message, event, UnknownPolicy.HOLD, NOW);
    }

    private static QueuedMessage message(MessageState state, int attempts, FailureReason ending) {
        return new QueuedMessage(ID, Cast.MERAH, state, 2, attempts, LATER, ending, null, Evidence.NONE);
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
        return rejected(tryNo, RejectReason.CONTACT_REJECTED);
    }

    private static DeliveryEvent rejected(int tryNo, RejectReason reason) {
        return new DeliveryEvent.Rejected(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, reason, "no");
    }

    private static DeliveryEvent failed(int tryNo) {
        return new DeliveryEvent.Failed(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, FailReason.PROVIDER_FAILED, "busy");
    }

    private static DeliveryEvent unknown(int tryNo) {
        return new DeliveryEvent.Unknown(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, "timeout");
    }
}
