package io.siaran.sequence.progress;

import io.siaran.model.ContactId;
import io.siaran.model.StepId;
import io.siaran.sequence.authoring.PlannedStep;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows that were laid out when walks entered, of the steps that they come to next; never all rows of a walk, of which there may be
 * hundreds.
 */
record LaidOut(Map<UUID, ContactId> next) {

    private static final String FIND = Sql.load(LaidOut.class, "find-laid-out.sql");
    private static final String FORGET =
            "DELETE FROM sequence_contacts WHERE enrolment_id = ANY ($1::uuid[]) AND step_id = ANY ($2::uuid[]) AND status = 'pending'";

    static LaidOut read(Tx tx, List<Walk> walks) {
        List<UUID> enrolments = new ArrayList<>();
        List<UUID> steps = new ArrayList<>();
        for (Walk walk : walks) {
            walk.next().map(PlannedStep::id).map(StepId::value).ifPresent(step -> {
                enrolments.add(walk.enrolment());
                steps.add(step);
            });
        }
        Map<UUID, ContactId> next = new HashMap<>();
        tx.run(FIND, enrolments.toArray(UUID[]::new), steps.toArray(UUID[]::new))
                .forEach(row -> next.put(row.getUUID("enrolment_id"), new ContactId(row.getUUID("id"))));
        return new LaidOut(next);
    }

    /** Empty where the step was added since the walk entered. */
    Optional<ContactId> nextOf(Walk walk) {
        return Optional.ofNullable(next.get(walk.enrolment()));
    }

    /** Reports count what is to come: not what was removed before these walks came by. */
    static void forgetRemoved(Tx tx, List<Walk> walks) {
        UUID[] removed = walks.stream()
                .flatMap(walk -> walk.way().removed().stream())
                .distinct()
                .map(StepId::value)
                .toArray(UUID[]::new);
        if (removed.length > 0) {
            UUID[] enrolments = walks.stream().map(Walk::enrolment).toArray(UUID[]::new);
            tx.run(FORGET, enrolments, removed);
        }
    }
}
