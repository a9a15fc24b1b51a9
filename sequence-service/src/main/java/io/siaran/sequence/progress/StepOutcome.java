package io.siaran.sequence.progress;

import java.util.UUID;

/**
 * An enrolment whose step under way has an outcome.
 *
 * @param nextTrigger where that step leads, as authored
 */
record StepOutcome(UUID enrolment, Transition transition, String nextTrigger) {}
