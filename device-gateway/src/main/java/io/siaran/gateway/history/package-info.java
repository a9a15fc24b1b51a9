/**
 * What became of each device. The database writes it down with every change (V0015); here it is read and, after a while, forgotten.
 * Called by nobody but REST and the clock. An event never changes.
 */
package io.siaran.gateway.history;
