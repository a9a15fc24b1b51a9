/**
 * When a device may send, beyond its pace: quiet hours, holidays, caps, the warm-up of a young number, rates.
 * Called by {@code device}, which builds the rules of a device, and by turns, which keep them.
 * Pure arithmetic: the instant comes in, the next allowed one comes out, and nothing earlier is allowed.
 */
package io.siaran.gateway.rules;
