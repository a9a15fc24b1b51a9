/**
 * Benchmarks of the packaged services: what they reach, beside what the same machine reaches without them.
 * Called by {@code ./siaran bench}; each benchmark is a package of its own.
 * Always holds: both sides of a ratio come from the same run, PostgreSQL is durable, and no figure is kept from an earlier run.
 */
package io.siaran.bench;
