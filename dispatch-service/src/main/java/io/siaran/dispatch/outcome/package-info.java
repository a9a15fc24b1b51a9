/**
 * What became of tries: delivery events settle the messages they are about.
 * Called by Kafka; knows only messages and the queue.
 * Always holds: every event may come again, late or out of order; an older try's failure changes nothing.
 */
package io.siaran.dispatch.outcome;
