/**
 * The months that messages are kept in: made ahead, watched while they have open messages, dropped as a whole.
 * Called by its own clock; known by nobody, knows only the database.
 * Always holds: a message that has not ended is never dropped, and what counts it outlives it.
 */
package io.siaran.dispatch.retention;
