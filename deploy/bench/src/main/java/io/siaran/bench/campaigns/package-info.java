/**
 * What campaign-service reaches: fan-out, import, preview and trigger, each beside the least that must be done.
 * Called by {@code ./siaran bench campaigns}; the service runs as its own process, with the options of an installation.
 */
package io.siaran.bench.campaigns;
