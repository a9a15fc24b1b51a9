package io.siaran.sequence.lead;

import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Tag;
import java.util.stream.Stream;

/** One trigger on one lead. */
record LeadTrigger(LeadId lead, String user, String token, long assignment) {

    /** None of a lead that was deleted. */
    static Stream<LeadTrigger> by(LeadSnapshot lead) {
        return lead.deleted()
                ? Stream.empty()
                : lead.triggers().stream()
                        .map(trigger -> new LeadTrigger(
                                lead.id(), lead.userId().value(), Tag.fold(trigger.trigger()), trigger.assignment()));
    }
}
