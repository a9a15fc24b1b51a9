package io.siaran.dispatch.event;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.events.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.events")
interface EventConfig {

    /** Whether this process numbers events; one of those that do is at it at a time. */
    boolean enabled();

    /** How often it is looked for new events: so much later than its fact an event is told at most, by an idle service. */
    Duration interval();

    /** How many are numbered by one transaction. */
    int batch();

    /** How long events, and what became of their deliveries, are kept. */
    Duration kept();

    /** How long a request for the stream of events may wait for the next one, whatever it asks for. */
    Duration longestWait();

    /** So many requests may wait for events at once in one process; further ones are answered at once. */
    int waiting();

    /** So many of them of one user. */
    int waitingPerUser();
}
