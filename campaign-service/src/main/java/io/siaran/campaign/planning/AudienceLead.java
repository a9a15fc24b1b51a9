package io.siaran.campaign.planning;

import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;

/**
 * One lead of an audience.
 *
 * @param name null when there is none to be said
 * @param skipped left out, because its device is not online and the campaign says skip
 */
public record AudienceLead(
        LeadId leadId, DeviceId deviceId, PhoneNumber phone, String name, Attributes attributes, boolean skipped)
        implements AudienceRow {}
