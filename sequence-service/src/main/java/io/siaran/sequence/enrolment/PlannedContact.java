package io.siaran.sequence.enrolment;

import io.siaran.model.ContactId;
import io.siaran.model.MessageId;
import io.siaran.model.StepId;
import io.siaran.model.TimeOrderedId;
import io.siaran.sequence.authoring.PlannedStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * One step of an enrolment that begins.
 *
 * @param dueAt when it would be sent if every step before it were sent on time
 * @param message the id that it is sent under, once it is under way: the first step is at once
 */
record PlannedContact(ContactId id, UUID enrolment, StepId step, int place, Instant dueAt, MessageId message) {

    /** All steps of an enrolment, in order. */
    static List<PlannedContact> layOut(Enrolment enrolment, List<PlannedStep> path, RandomGenerator random) {
        List<PlannedContact> contacts = new ArrayList<>(path.size());
        Instant dueAt = enrolment.enteredAt();
        for (PlannedStep step : path) {
            boolean first = contacts.isEmpty();
            dueAt = step.waiting(first).after(dueAt, enrolment.zone());
            ContactId id = new ContactId(TimeOrderedId.v7(enrolment.enteredAt(), random));
            MessageId message = first ? MessageId.ofContact(dueAt, id) : null;
            contacts.add(new PlannedContact(id, enrolment.id(), step.id(), contacts.size() + 1, dueAt, message));
        }
        return contacts;
    }
}
