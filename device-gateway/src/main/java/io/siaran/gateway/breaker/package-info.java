/**
 * Circuit breakers: a device whose platform fails again and again is held and probed now and then, and a host on which many
 * devices are held is probed by few for all. Start at {@code Breaker} (a device, pure), then {@code WatchHosts} (hosts).
 * Turns and the journal use them; the state is in the database, so a restart or another owner of a lane changes nothing.
 * What a breaker holds back burns no attempt of its message.
 */
package io.siaran.gateway.breaker;
