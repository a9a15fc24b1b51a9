/**
 * {@code ./siaran bench gateway}: the packaged device-gateway as a process, beside what this machine does without it.
 * Called by {@code Bench}; plays dispatch towards the gateway, and the platform.
 * Whether a pace was kept is judged by what the simulated phones received, and by the journal.
 */
package io.siaran.bench.gateway;
