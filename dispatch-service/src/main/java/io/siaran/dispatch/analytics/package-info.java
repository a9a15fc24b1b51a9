/**
 * Counts of messages: the differences that every change of a message leaves are folded into totals.
 * Called by its own clock; known by nobody.
 * Always holds: folded plus unfolded is what is in the queue, without a scan of messages.
 */
package io.siaran.dispatch.analytics;
