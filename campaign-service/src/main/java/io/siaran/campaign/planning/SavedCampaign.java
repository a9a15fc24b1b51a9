package io.siaran.campaign.planning;

import io.siaran.rest.Warning;
import java.util.List;

/** A campaign that was just written, and what its author should know of it. */
record SavedCampaign(Campaign campaign, List<Warning> warnings) {}
