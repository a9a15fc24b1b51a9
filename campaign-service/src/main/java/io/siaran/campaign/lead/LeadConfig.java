package io.siaran.campaign.lead;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.lead.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.lead")
interface LeadConfig {

    /** ISO country that a phone number without a country code belongs to. */
    String phoneRegion();

    /** How long a write waits for the news of a device that it names. */
    Duration devicePatience();
}
