/**
 * PostgreSQL and Kafka in containers, as the images of {@code deploy/compose} bring them.
 * Tests call it, by {@link io.siaran.localstack.Servers}, where {@code -Dstack=testcontainers} asks for it.
 * A container publishes one port, on the loopback address, and ends with its data.
 */
package io.siaran.localstack.container;
