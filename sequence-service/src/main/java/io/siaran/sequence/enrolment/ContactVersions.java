package io.siaran.sequence.enrolment;

import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.sql.Tx;
import java.util.OptionalLong;

/** By which version a contact of a sequence is shown, so that {@code If-Match} can name it. */
public interface ContactVersions {

    /** Of the newest time that the lead was in it, which nobody else changes until the commit; empty where it never was. */
    OptionalLong locked(Tx tx, UserId user, SequenceId sequence, LeadId lead);
}
