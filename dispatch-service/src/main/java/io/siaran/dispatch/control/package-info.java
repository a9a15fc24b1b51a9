/**
 * What people decide about messages: cancel, retry, resolve, one or all that match a filter.
 * Called over REST and by a clock; knows messages and the queue.
 * Always holds: an illegal move is refused with its reason, and every decision stands in the message's timeline.
 */
package io.siaran.dispatch.control;
