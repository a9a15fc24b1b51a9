package io.siaran.sequence.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DeviceId;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.UserId;
import io.siaran.sequence.authoring.AfterTrouble;
import io.siaran.sequence.progress.Consequence.GoOn;
import io.siaran.sequence.progress.Consequence.KeepWaiting;
import io.siaran.sequence.progress.Consequence.Stop;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConsequenceTest {

    private static final Instant SENT = Instant.parse("2026-03-02T01:00:00Z");
    private static final Instant TOLD = Instant.parse("2026-03-02T01:00:09Z");

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "PROCESSING", "UNKNOWN"})
    void without_an_outcome_a_walk_waits(MessageState state) {
        assertThat(Consequence.of(told(state, null), AfterTrouble.STOP)).isEqualTo(new KeepWaiting());
    }

    @Test
    void a_sent_step_is_followed_from_when_it_was_sent() {
        assertThat(Consequence.of(told(MessageState.SENT, null), AfterTrouble.STOP))
                .isEqualTo(new GoOn(SENT));
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED, step_failed", "PROVIDER_FAILED, step_failed", "CONTACT_REJECTED, contact_rejected"})
    void a_failure_stops_where_the_sequence_says_so(FailureReason reason, String why) {
        assertThat(Consequence.of(told(MessageState.FAILED, reason), AfterTrouble.STOP))
                .isEqualTo(new Stop(why));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CONTACT_REJECTED", "SUPPRESSED"},
            mode = EnumSource.Mode.EXCLUDE)
    void else_a_failure_is_followed_from_when_it_came(FailureReason reason) {
        assertThat(Consequence.of(told(MessageState.FAILED, reason), AfterTrouble.CONTINUE))
                .isEqualTo(new GoOn(TOLD));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTACT_REJECTED", "SUPPRESSED"})
    void who_cannot_or_must_not_be_written_to_is_out_in_any_case(FailureReason reason) {
        assertThat(Consequence.of(told(MessageState.FAILED, reason), AfterTrouble.CONTINUE))
                .isEqualTo(new Stop(reason.wire()));
    }

    @Test
    void patience_for_an_unknown_outcome_ends_as_the_sequence_says() {
        assertThat(Consequence.ofUnknown(TOLD, AfterTrouble.CONTINUE)).isEqualTo(new GoOn(TOLD));
        assertThat(Consequence.ofUnknown(TOLD, AfterTrouble.STOP)).isEqualTo(new Stop("step_unknown"));
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
                1,
                reason,
                sentAt,
                null,
                null,
                TOLD);
    }
}
