/**
 * When a device may speak, beyond its pace: quiet hours, holidays, caps, the warm-up of a young number, rates.
 * Called by device, which keeps what people ask for, and by the lanes, which obey it.
 * Pure arithmetic: the instant comes in, the next allowed one comes out, and nothing earlier is allowed.
 */
package io.siaran.gateway.rules;
