/**
 * The one way facts leave a service, and the one way records enter it: outbox, relay, publisher, intake, dead letters.
 * Called by every service; knows none of them.
 * Always holds: a fact is in the outbox in the transaction that makes it true; a record that can be read is never dropped.
 */
package io.siaran.kafka;
