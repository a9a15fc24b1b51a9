/**
 * Two examples from lead to phone, live in a terminal, over nothing but the REST API and the simulator's ledger.
 * Called by {@code ./siaran demo}.
 * What it reports as received is what the simulated phones hold, not what our databases say.
 */
package io.siaran.localstack.demo;
