/**
 * What the queue does by itself: releasing, recalling, expiring, reconciling.
 * Called by its own clock and by WorkSignal; knows only the queue.
 * Always holds: of a device no more is in flight than its window, however many replicas release.
 */
package io.siaran.dispatch.release;
