package io.siaran.dispatch.fleet;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.fleet.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.fleet")
interface FleetConfig {

    /** How long before their messages expire devices that cannot speak are warned of. */
    Duration warnBeforeExpiry();

    /** How often it is looked for them. */
    Duration watchInterval();
}
