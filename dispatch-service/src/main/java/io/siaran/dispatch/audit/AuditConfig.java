package io.siaran.dispatch.audit;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.audit.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.audit")
interface AuditConfig {

    /** How long it is kept who did what. */
    Duration kept();
}
