/**
 * A message in the queue: its status, the moves that are legal, and why it waits.
 * Called by every other package of the service, and by people who ask for messages over REST.
 * Always holds: a try's outcome moves only the message that is processing under that very try; an acceptance moves any.
 */
package io.siaran.dispatch.message;
