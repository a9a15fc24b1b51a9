package io.siaran.gateway.linking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often platforms are asked. */
@ConfigMapping(prefix = "siaran.gateway.check")
interface LinkingConfig {

    /** Between two checks of a device, up to a tenth more or less; longer than a call may take, so that no device is asked twice at once. */
    @WithDefault("30s")
    Duration every();

    /**
     * Checks begun in a second by this instance: 10,000 devices every 30 s are 333. Where there are more, all of them are
     * asked less often; many more in one second would hold up the statements of the lanes.
     */
    @WithDefault("400")
    int perSecond();

    /**
     * Checks under way at once in this instance. A platform that hangs keeps each of its own for a whole time-out: with 3,000
     * devices, all on such a one, that is 100 a second for 20 s, and new devices are still asked about at once. Three eighths of them
     * at most are of one user.
     */
    @WithDefault("2000")
    int atOnce();

    /** Of those, on one server: one that hangs keeps only its own devices waiting. */
    @WithDefault("500")
    int atOnceOnOneServer();
}
