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
    private static final String FORGET = Sql.load(LaidOut.class, "forget-removed.sql");

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
        UUID[] enrolments = walks.stream()
                .filter(walk -> walk.way().hasRemoved())
                .map(Walk::enrolment)
                .toArray(UUID[]::new);
        if (enrolments.length > 0) {
            tx.run(FORGET, (Object) enrolments);
        }
    }
}
