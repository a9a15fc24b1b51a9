/**
 * The trigger processor: steps whose time has come become broadcast messages.
 * Called by its own schedule, on every instance; knows enrolment, whose reviews begin each pass.
 * Always holds: a step is published under the id stored with it, so a repeat after a crash is the same message; a look costs what can
 * go out, however much waits for a device or a sequence.
 */
package io.siaran.sequence.firing;
