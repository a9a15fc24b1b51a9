/**
 * How things come in: messages and withdrawals, snapshots of plans, devices, leads and suppressions, direct messages.
 * Called by Kafka and by REST; knows only the queue.
 * Always holds: whatever is read becomes a row or a dead letter, and a redelivery changes nothing.
 */
package io.siaran.dispatch.intake;
