/**
 * Who enters a sequence and who leaves it: reviews the leads about whom something changed, never all of them.
 * Called by firing (every pass begins with reviews) and by progress (a walk that stops or ends).
 * Always holds: one assignment of a trigger gives at most one walk, and a lead has at most one open walk in a sequence.
 */
package io.siaran.sequence.enrolment;
