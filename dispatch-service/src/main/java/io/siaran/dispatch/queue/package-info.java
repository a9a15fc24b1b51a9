/**
 * The queue itself: the one port to its tables, with its SQL beside it.
 * Called by intake, release and outcome; nobody else writes messages or device_queue.
 * Always holds: rows of messages are locked in order of id before devices in order of id, and the release waits for none.
 */
package io.siaran.dispatch.queue;
