/**
 * How many texts a second one core prepares: the anti-spam layer alone, as a lane calls it.
 * Called by {@code ./siaran bench text}; JMH forks a JVM of its own for the measurement.
 * Always holds: what is measured is {@code AntiSpam.prepare} with nothing prepared beforehand but what a running gateway remembers.
 */
package io.siaran.bench.text;
