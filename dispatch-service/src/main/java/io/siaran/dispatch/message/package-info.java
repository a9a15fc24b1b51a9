/**
 * A message in the queue: its status, the moves that are legal, what happened to it and why it waits.
 * Called by every other package of the service, and by people who ask for messages over REST.
 * Always holds: a try's outcome moves only a message whose last try that is, and open; an acceptance or a receipt of any try moves any.
 */
package io.siaran.dispatch.message;
