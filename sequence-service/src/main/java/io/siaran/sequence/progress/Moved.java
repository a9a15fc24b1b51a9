package io.siaran.sequence.progress;

import java.util.UUID;

/**
 * A walk whose step under way has an outcome.
 *
 * @param nextTrigger where that step leads, as authored
 */
record Moved(UUID enrolment, Consequence consequence, String nextTrigger) {}
