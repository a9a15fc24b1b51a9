/**
 * What a tenant's own systems hear: facts of the queue and of the other services as numbered events, kept for 30 days, and the
 * stream of them. Triggers make them (R__events.sql); known by the package webhook, which delivers them.
 * Always holds: an event is committed with its fact, and whoever reads behind a number misses none.
 */
package io.siaran.dispatch.event;
