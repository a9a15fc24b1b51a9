/**
 * The queue as a whole: what each device has to do and until when, stop and resume, devices that are silent for too long.
 * Called by people over REST and by its own clock; knows only the queue and the words of messages, known by nobody.
 * Always holds: what it costs follows from how many devices there are, never from how many messages wait.
 */
package io.siaran.dispatch.fleet;
