/**
 * When the next step of an enrolment is: pure arithmetic of instants, zones and waits.
 * Called by enrolment, progress and simulation; knows nobody.
 * Always holds: what is due is never before the step it follows, and no wait loses more than half of itself.
 */
package io.siaran.sequence.timeline;
