/**
 * How engines speak to PostgreSQL: straight-line transactions, statements in files, arrays for {@code unnest}.
 * Called by every service's engines on virtual or worker threads; knows nothing of Kafka.
 * Always holds: no call waits for ever for a server that is gone.
 */
package io.siaran.sql;
