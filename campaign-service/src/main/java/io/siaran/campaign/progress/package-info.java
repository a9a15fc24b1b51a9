/**
 * What became of a campaign's messages: counts as dispatch tells them, completion, and the report.
 * Called by the topic of progress, the clock, and over REST; nobody imports it.
 * Always holds: counts are absolute and versioned, never summed from events.
 */
package io.siaran.campaign.progress;
