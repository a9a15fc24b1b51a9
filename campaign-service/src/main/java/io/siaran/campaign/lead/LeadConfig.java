package io.siaran.campaign.lead;

import io.smallrye.config.ConfigMapping;

/** {@code siaran.lead.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.lead")
interface LeadConfig {

    /** ISO country that a phone number without a country code belongs to. */
    String phoneRegion();
}
