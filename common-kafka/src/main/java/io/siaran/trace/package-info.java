/**
 * One trace a message, from the request to the receipt, as OpenTelemetry knows traces. Called where a message passes: outbox,
 * publisher, intake, the call of a platform.
 * Always holds: off unless an address is set, and then nothing is made; no phone number and no text is ever in a span.
 */
package io.siaran.trace;
