package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.TargetStatus;

/** What a caller decides about a lead. */
record LeadDetails(
        DeviceId deviceId, PhoneNumber phone, String name, String niche, TargetStatus targetStatus, String trigger) {}
