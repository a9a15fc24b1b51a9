/**
 * The campaign service: leads, campaigns, their audience and what became of it.
 * Start reading at {@code lead}, then {@code planning}, {@code fanout} and {@code progress}: the way of a campaign.
 * Always holds: the packages know each other only in that direction; this one holds what serves all of them.
 */
package io.siaran.campaign;
