package io.siaran.campaign;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Tx;
import java.util.List;

/** Hears that a lead has another phone, in the transaction that changes it; the lead is locked. */
public interface PhoneChangeListener {

    /**
     * @return the messages to the lead that are taken back, now or at an earlier change of its phone: nobody else gets them
     *     instead
     */
    List<MessageId> changed(Tx tx, Change change);

    /** @param device the lead's from now on */
    record Change(UserId user, LeadId lead, DeviceId device, PhoneNumber before, PhoneNumber after) {}
}
