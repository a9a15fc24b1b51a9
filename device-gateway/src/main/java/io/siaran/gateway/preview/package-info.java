/**
 * What would be sent: a text of a campaign or sequence as phones would show it, before anything is sent.
 * Called by the CRM over REST.
 * Always holds: a variant is made by the same code as a message that goes out, {@code AntiSpam.prepare}.
 */
package io.siaran.gateway.preview;
