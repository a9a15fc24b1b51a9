package io.siaran.campaign.fanout;

import io.siaran.model.CampaignId;
import io.siaran.model.LeadId;
import java.time.Instant;
import java.util.UUID;

/**
 * A fan-out that this process works on.
 *
 * @param lease of this very acquisition: with an older one nothing can be moved
 * @param cursor the last lead whose page was acknowledged; null before the first
 * @param began when the fan-out began: its audience are the leads that existed then
 * @param isRepeated whether the whole was published before: whom the first time left out, nothing is sent to either
 */
record Leased(CampaignId campaign, int run, UUID lease, LeadId cursor, Instant began, boolean isRepeated) {}
