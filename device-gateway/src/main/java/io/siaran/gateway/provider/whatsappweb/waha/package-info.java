/**
 * WAHA (2026): a session a device; sends answer 201 with WhatsApp's id of the message.
 * Called through the port only.
 * Its ids carry the chat ({@code true_60…@c.us_AAAA}); ours is the last part, the same in every engine and under every LID.
 */
package io.siaran.gateway.provider.whatsappweb.waha;
