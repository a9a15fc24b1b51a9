package io.siaran.campaign.planning;

/** News within the process, after the commit: a campaign was made or moved, and its audience may wait. */
public record CampaignMoved() {}
