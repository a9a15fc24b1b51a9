/**
 * The one way facts leave a service (outbox, relay, publisher, {@link io.siaran.kafka.Writes}), and the one way records enter
 * it (intake, dead letters, parked records, read barrier). Called by every service; knows none of them.
 * Always holds: a fact is in the outbox in the transaction that makes it true; a record that can be read is never dropped.
 */
package io.siaran.kafka;
