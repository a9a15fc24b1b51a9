package io.siaran.campaign;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Tx;

/** Hears that a lead has another phone, in the transaction that changes it; the lead is locked. */
public interface PhoneChangeListener {

    void changed(Tx tx, Change change);

    /** @param device the lead's from now on */
    record Change(UserId user, LeadId lead, DeviceId device, PhoneNumber before, PhoneNumber after) {}
}
