/**
 * What sequence-service reaches: entering, firing, outcomes, and whether one user's million holds up another's lead; each beside the least
 * that must be done. Called by {@code ./siaran bench sequences}; the service runs as its own process.
 */
package io.siaran.bench.sequences;
