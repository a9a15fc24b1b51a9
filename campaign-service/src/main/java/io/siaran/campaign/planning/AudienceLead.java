package io.siaran.campaign.planning;

import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;

/**
 * One lead of an audience that is written to.
 *
 * @param name null when there is none to be said
 */
public record AudienceLead(LeadId leadId, DeviceId deviceId, PhoneNumber phone, String name, Attributes attributes)
        implements AudienceRow {

    AudienceRow.LeftOut leftOut(Exclusion reason) {
        return new AudienceRow.LeftOut(leadId, deviceId, reason);
    }
}
