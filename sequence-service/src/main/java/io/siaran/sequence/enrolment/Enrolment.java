package io.siaran.sequence.enrolment;

import io.siaran.kafka.OutboxRecord;
import io.siaran.model.LeadId;
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

/**
 * One lead's way through one sequence, as it begins.
 *
 * @param entryVersion the sequence as it was when the lead was found to fit
 * @param trigger that let the lead in, with its assignment, or both null where somebody asked for it
 * @param cameFrom the enrolment whose end gave the lead its trigger, or null
 * @param chain the enrolments that led here, or null when it is the first
 */
record Enrolment(
        UUID id,
        UserId user,
        SequenceId sequence,
        long entryVersion,
        LeadId lead,
        String trigger,
        Long assignment,
        StepId firstStep,
        ZoneId zone,
        Instant enteredAt,
        UUID cameFrom,
        UUID chain) {

    static Enrolment of(UUID id, Row row) {
        return new Enrolment(
                id,
                new UserId(row.getString("user_id")),
                new SequenceId(row.getUUID("sequence_id")),
                row.getLong("entry_version"),
                new LeadId(row.getUUID("lead_id")),
                row.getString("trigger"),
                row.getLong("assignment"),
                new StepId(row.getUUID("step_id")),
                ZoneId.of(row.getString("time_zone")),
                row.getOffsetDateTime("entered_at").toInstant(),
                row.getUUID("came_from"),
                row.getUUID("chain_id"));
    }

    OutboxRecord announcement() {
        return new OutboxRecord(
                Topic.SEQUENCE_EVENTS,
                lead.toString(),
                new SequenceEvent.Entered(user, sequence, lead, assignment == null ? 0 : assignment, enteredAt));
    }
}
