/**
 * Stand-ins for the WhatsApp platforms that keep the platforms' wire contracts, faults included.
 * Called over HTTP by the device gateway, by tests and by the demo, never from Java code of a service.
 * The ledger holds exactly what a phone would have received: tests judge by it, not by our own databases.
 */
package io.siaran.localstack.simulator;
