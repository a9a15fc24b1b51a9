package io.siaran.campaign.planning;

import io.siaran.model.LeadId;

/** What was read for one lead of an audience. */
public sealed interface AudienceRow permits AudienceLead, AudienceRow.Unreadable {

    LeadId leadId();

    /** A row of which no recipient can be made. */
    record Unreadable(LeadId leadId, String reason) implements AudienceRow {}
}
