package io.siaran.sequence.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DeviceId;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.UserId;
import io.siaran.sequence.authoring.FailurePolicy;
import io.siaran.sequence.enrolment.LeftReason;
import io.siaran.sequence.progress.Transition.Advance;
import io.siaran.sequence.progress.Transition.KeepWaiting;
import io.siaran.sequence.progress.Transition.Stop;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionTest {

    private static final Instant SENT = Instant.parse("2026-03-02T01:00:00Z");
    private static final Transition.Policies STOP = new Transition.Policies(FailurePolicy.STOP, FailurePolicy.STOP);
    private static final Transition.Policies CONTINUE =
            new Transition.Policies(FailurePolicy.CONTINUE, FailurePolicy.CONTINUE);
    private static final Instant TOLD = Instant.parse("2026-03-02T01:00:09Z");

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "PROCESSING", "UNKNOWN"})
    void without_an_outcome_a_walk_waits(MessageState state) {
        assertThat(Transition.of(told(state, null), false, STOP)).isEqualTo(new KeepWaiting());
    }

    @Test
    void a_sent_step_is_followed_from_when_it_was_sent() {
        assertThat(Transition.of(told(MessageState.SENT, null), false, STOP)).isEqualTo(new Advance(SENT));
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, STEP_FAILED",
        "PROVIDER_FAILED, STEP_FAILED",
        "MESSAGE_REJECTED, STEP_FAILED",
        "CONTACT_REJECTED, CONTACT_REJECTED",
        "NOT_ON_WHATSAPP, CONTACT_REJECTED"
    })
    void a_failure_stops_where_the_sequence_says_so(FailureReason reason, LeftReason why) {
        assertThat(Transition.of(told(MessageState.FAILED, reason), false, STOP))
                .isEqualTo(new Stop(why));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CONTACT_REJECTED", "NOT_ON_WHATSAPP", "SUPPRESSED"},
            mode = EnumSource.Mode.EXCLUDE)
    void else_a_failure_is_followed_from_when_it_came(FailureReason reason) {
        assertThat(Transition.of(told(MessageState.FAILED, reason), false, CONTINUE))
                .isEqualTo(new Advance(TOLD));
    }

    @ParameterizedTest
    @CsvSource({"CONTACT_REJECTED, CONTACT_REJECTED", "NOT_ON_WHATSAPP, CONTACT_REJECTED", "SUPPRESSED, SUPPRESSED"})
    void who_cannot_or_must_not_be_written_to_is_out_in_any_case(FailureReason reason, LeftReason why) {
        assertThat(Transition.of(told(MessageState.FAILED, reason), false, CONTINUE))
                .isEqualTo(new Stop(why));
    }

    @Test
    void an_outcome_that_stays_unknown_is_decided_as_the_sequence_says() {
        assertThat(Transition.ofUnknown(TOLD, FailurePolicy.CONTINUE)).isEqualTo(new Advance(TOLD));
        assertThat(Transition.ofUnknown(TOLD, FailurePolicy.STOP)).isEqualTo(new Stop(LeftReason.STEP_UNKNOWN));
    }

    @Test
    void a_message_that_ended_with_its_device_is_waited_for_until_its_lead_is_moved() {
        assertThat(Transition.of(told(MessageState.CANCELLED, FailureReason.DEVICE_DELETED), false, CONTINUE))
                .isEqualTo(new KeepWaiting());
        assertThat(Transition.of(told(MessageState.CANCELLED, FailureReason.CANCELLED_BY_USER), false, CONTINUE))
                .isEqualTo(new Stop(LeftReason.MESSAGE_CANCELLED));
    }

    @Test
    void what_may_have_been_sent_before_its_device_was_deleted_is_not_sent_again() {
        MessageStatus cancelled = told(MessageState.CANCELLED, FailureReason.DEVICE_DELETED);

        assertThat(Transition.of(cancelled, true, CONTINUE)).isEqualTo(new Advance(TOLD));
        assertThat(Transition.of(cancelled, true, STOP)).isEqualTo(new Stop(LeftReason.STEP_UNKNOWN));
    }

    private static MessageStatus told(MessageState state, FailureReason reason) {
        Instant sentAt = state == MessageState.SENT ? SENT : null;
        return new MessageStatus(
                MessageId.random(SENT, new Random(1)),
                2,
                state,
                MessageKind.STEP,
                new UserId("toko-sinar"),
                new DeviceId(new UUID(0, 1)),
                null,
                null,
                0,
                null,
                null,
                null,
                1,
                0,
                reason,
                sentAt,
                null,
                null,
                null,
                TOLD);
    }
}
