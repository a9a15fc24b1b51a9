/**
 * One message, once: make its text, begin its try, call its platform, settle the try.
 * Called by the lanes; start at {@code Turn}.
 * Whatever happens to a call, its try is settled, by its turn or by the journal's rescuer.
 */
package io.siaran.gateway.turn;
