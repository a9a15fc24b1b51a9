package io.siaran.sequence.enrolment;

import io.siaran.kafka.Announcement;
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
 * A walk that a lead may begin.
 *
 * @param cameFrom the walk whose end gave the lead its trigger, or null
 * @param chain the walks that led here, or null when it is the first
 */
record Entry(
        UUID id,
        UserId user,
        SequenceId sequence,
        LeadId lead,
        String trigger,
        long assignment,
        StepId firstStep,
        ZoneId zone,
        Instant enteredAt,
        UUID cameFrom,
        UUID chain) {

    static Entry of(UUID id, Row row) {
        return new Entry(
                id,
                new UserId(row.getString("user_id")),
                new SequenceId(row.getUUID("sequence_id")),
                new LeadId(row.getUUID("lead_id")),
                row.getString("trigger"),
                row.getLong("assignment"),
                new StepId(row.getUUID("step_id")),
                ZoneId.of(row.getString("time_zone")),
                row.getOffsetDateTime("entered_at").toInstant(),
                row.getUUID("came_from"),
                row.getUUID("chain_id"));
    }

    Announcement announcement() {
        return new Announcement(
                Topic.SEQUENCE_EVENTS,
                lead.toString(),
                new SequenceEvent.Entered(user, sequence, lead, assignment, enteredAt));
    }
}
