package io.siaran.dispatch.retention;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.time.Period;

/** {@code siaran.retention.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.retention")
interface RetentionConfig {

    /** How long the messages of a month are kept after its end, in whole months. */
    Period messages();

    /** How often the months are looked after. */
    Duration interval();

    /** How long to wait for a moment in which nobody works on the queue; else the next time. */
    Duration lockPatience();
}
