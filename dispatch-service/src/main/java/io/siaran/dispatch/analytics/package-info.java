/**
 * Counts of messages: the differences that each change leaves are folded into totals, and checked against the rows.
 * Called by its own clock; known by nobody.
 * Always holds: folded plus unfolded is what is in the queue, without a scan of messages.
 */
package io.siaran.dispatch.analytics;
