/**
 * What is due, and the streaming of its audience into the topic of messages.
 * Called by the clock, and at once when a campaign is triggered by hand; nobody imports it.
 * Always holds: a page is acknowledged by Kafka before the cursor moves, so a crash repeats a page with the same ids.
 */
package io.siaran.campaign.fanout;
