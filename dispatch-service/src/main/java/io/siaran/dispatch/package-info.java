/**
 * dispatch-service: the durable queue between those who plan messages and the gateway that sends them.
 * Called by Kafka (broadcast-messages, delivery-events, snapshots), by REST, and by its own jobs.
 * Always holds: stored = pending + processing + sent + failed + cancelled + unknown; nothing that came in is ever lost.
 */
package io.siaran.dispatch;
