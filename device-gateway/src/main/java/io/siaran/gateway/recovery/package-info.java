/**
 * Finds out what became of messages whose answer was lost, by asking platforms that keep what was sent.
 * Called by its own schedule only; the journal decides what a find changes.
 * A find proves that a message went out; that nothing is found proves nothing, and never sends anything.
 */
package io.siaran.gateway.recovery;
