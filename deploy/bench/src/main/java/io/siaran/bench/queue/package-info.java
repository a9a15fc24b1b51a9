/**
 * {@code ./siaran bench queue}: the durable queue beside COPY, beside bare SQL and beside db-scheduler.
 * Called by {@code Bench}; knows dispatch-service only by its topics and its database.
 * Always holds: both sides of a ratio ran on the same server, in this run, warm, each as often as the other.
 */
package io.siaran.bench.queue;
