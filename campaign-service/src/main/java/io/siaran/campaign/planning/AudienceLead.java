package io.siaran.campaign.planning;

import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;

/**
 * One lead of an audience that is written to.
 *
 * @param name null when there is none to be said
 * @param version the one of the lead that all of this was read of
 */
public record AudienceLead(
        LeadId leadId, DeviceId deviceId, PhoneNumber phone, String name, Attributes attributes, long version)
        implements AudienceRow {

    AudienceRow.LeftOut leftOut(Exclusion reason) {
        return new AudienceRow.LeftOut(leadId, deviceId, reason);
    }
}
