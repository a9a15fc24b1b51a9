package io.siaran.campaign;

import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Tx;

/** Ends all messages to a person, for features that must be sure of it. */
public interface SuppressPeople {

    /** In the transaction of the caller, which also tells everybody; who is suppressed already stays as they are. */
    void suppress(Tx tx, UserId user, PhoneNumber phone, String reason);
}
