/**
 * What became of fired steps: the next step of an enrolment, its end, the trigger taken off, the sequence it leads into; and
 * what operators ask about all that. Fed by message-status and by the time limit for unknown outcomes; called over REST.
 * Always holds: one outcome moves an enrolment on once; a later truth changes counts and never fires a step again.
 */
package io.siaran.sequence.progress;
