/**
 * Webhooks: where a tenant's events are sent to, signed by the rules of Standard Webhooks, until they arrive or three days are
 * over; what became of each delivery, and how to send it again.
 * Called by REST and its own clock; knows the package event and the database, known by nobody.
 * Always holds: the events of one subject reach a webhook in their order, one at a time, each at least once; and a receiver that
 * hangs holds up nobody else's.
 */
package io.siaran.dispatch.webhook;
