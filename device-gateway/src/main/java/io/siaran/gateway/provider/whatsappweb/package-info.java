/**
 * WhatsApp Web, a package a server that speaks it. One server serves many numbers, so each device has a session there.
 * Called through the port only; the servers know nothing of one another.
 * None of these servers runs in our tests: contract simulators stand for them.
 */
package io.siaran.gateway.provider.whatsappweb;
