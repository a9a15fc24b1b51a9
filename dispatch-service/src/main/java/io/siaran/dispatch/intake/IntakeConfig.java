package io.siaran.dispatch.intake;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.time.ZoneId;

/** {@code siaran.intake.*}: how direct messages come in; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.intake")
interface IntakeConfig {

    /** ISO country that a phone number without a country code belongs to. */
    String phoneRegion();

    /** On whose calendar a direct message is counted when its device has no zone. */
    ZoneId timeZone();

    /** How long a direct message may wait; after that it fails, reason {@code expired}. */
    Duration directExpiresAfter();
}
