package io.siaran.sequence.enrolment;

import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import io.siaran.sql.Tx;

/** By which version a contact of a sequence is shown, so that {@code If-Match} can name it. */
public interface ContactVersions {

    /** Throws a {@link Refusal} (a 404) where the lead was never in the sequence. */
    long version(Tx tx, UserId user, SequenceId sequence, LeadId lead);
}
