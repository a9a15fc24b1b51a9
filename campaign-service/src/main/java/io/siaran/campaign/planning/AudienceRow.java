package io.siaran.campaign.planning;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;

/** What was read for one lead of an audience. */
public sealed interface AudienceRow permits AudienceLead, AudienceRow.LeftOut, AudienceRow.Unreadable {

    LeadId leadId();

    /** Not written to, and why. */
    record LeftOut(LeadId leadId, DeviceId deviceId, Exclusion reason) implements AudienceRow {}

    /** A row of which no recipient can be made. */
    record Unreadable(LeadId leadId, String reason) implements AudienceRow {}
}
