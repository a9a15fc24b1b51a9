/**
 * How soon receivers hear of facts while others hang, and what reaches them when dispatch-service is killed in the midst of it. Called
 * by {@code ./siaran bench webhooks}; the service runs as its own process, the receivers in this one.
 */
package io.siaran.bench.webhooks;
