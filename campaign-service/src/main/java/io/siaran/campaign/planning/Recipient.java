package io.siaran.campaign.planning;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;

/**
 * One lead of an audience.
 *
 * @param skipped left out, because its device is not online and the campaign says skip
 */
public record Recipient(LeadId leadId, DeviceId deviceId, PhoneNumber phone, String name, boolean skipped) {}
