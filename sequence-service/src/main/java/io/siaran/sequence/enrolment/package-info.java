/**
 * Who enters a sequence and who leaves it: reviews the leads about whom something changed, never all of them.
 * Called by firing (every pass begins with reviews) and by progress (an enrolment that stops or ends).
 * Always holds: one assignment of a trigger gives at most one enrolment, and a lead has at most one open enrolment in a sequence.
 */
package io.siaran.sequence.enrolment;
