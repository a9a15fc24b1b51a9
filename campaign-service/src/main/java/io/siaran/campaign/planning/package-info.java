/**
 * Campaigns: what is sent to whom and when, their life cycle, and their audience.
 * Called over REST; fan-out and progress move a campaign on by its methods and no other way.
 * Always holds: an illegal move is refused, and every committed change of status is announced as a plan.
 */
package io.siaran.campaign.planning;
