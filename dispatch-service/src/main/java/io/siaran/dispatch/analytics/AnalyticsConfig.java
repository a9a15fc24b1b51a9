package io.siaran.dispatch.analytics;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.time.ZoneId;

/** {@code siaran.analytics.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.analytics")
interface AnalyticsConfig {

    /** How often counts are folded: the most often that a campaign hears of its progress. */
    Duration foldInterval();

    /** How often a day of counts is compared with its rows. */
    Duration checkInterval();

    /** Of so many users, those who send most, usage is a metric. */
    int usageOfTop();

    /** Whose day that is. */
    ZoneId usageTimeZone();
}
