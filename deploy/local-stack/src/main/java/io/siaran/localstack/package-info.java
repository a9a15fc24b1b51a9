/**
 * A real PostgreSQL, a real Kafka broker and a signing key on this machine, without Docker.
 * Called by the launcher of {@code ./siaran} and, through {@code TestServers}, by the tests of every service.
 * Nothing here listens beyond the loopback address.
 */
package io.siaran.localstack;
