package io.siaran.sequence;

import io.smallrye.config.ConfigMapping;

/**
 * {@code siaran.sequence.*-interval}: how often each engine looks, as the scheduler reads it: a duration, or {@code off} for
 * never. The defaults stand in {@code application.properties}, with their reasons.
 */
@ConfigMapping(prefix = "siaran.sequence")
interface IntervalConfig {

    /** How often leads are enrolled and due steps fired: a step is at most so late. A duration, or {@code off}. */
    String triggerInterval();

    /** How often steps are looked for that were fired and of which nothing was heard since. A duration, or {@code off}. */
    String repeatInterval();

    /** How often enrolments are looked for whose step ended unknown, or was left behind. A duration, or {@code off}. */
    String unknownInterval();

    /** How often enrolments are looked for whose sequence was edited. A duration, or {@code off}. */
    String editInterval();

    Report report();

    /** {@code siaran.sequence.report.*}. */
    interface Report {

        /** How often what happened is added to the reports. A duration, or {@code off}. */
        String foldInterval();
    }
}
