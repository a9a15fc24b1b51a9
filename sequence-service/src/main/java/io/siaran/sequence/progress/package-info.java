/**
 * What became of fired steps: the next step of a walk, its end, the trigger taken off, the sequence it leads into; and
 * what people ask about all that. Fed by message-status and by the patience for unknown outcomes; called over REST.
 * Always holds: one outcome moves a walk on once; a later truth changes counts and never fires a step again.
 */
package io.siaran.sequence.progress;
