/**
 * How a service speaks to PostgreSQL: straight-line transactions, statements in files, arrays for {@code unnest}, columns of
 * enums, retries with a backoff; and its clock and random numbers. Called by every service; knows nothing of Kafka.
 * Always holds: no call waits for ever for a server that is gone.
 */
package io.siaran.sql;
