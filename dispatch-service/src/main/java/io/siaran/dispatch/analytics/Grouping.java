package io.siaran.dispatch.analytics;

import static io.siaran.dispatch.analytics.Counts.DEVICES;
import static io.siaran.dispatch.analytics.Counts.HOURS;
import static io.siaran.dispatch.analytics.Counts.MONTHS;
import static io.siaran.dispatch.analytics.Counts.REASONS;

import io.siaran.model.WireEnum;
import java.util.List;

/** By what a report groups messages. */
enum Grouping implements WireEnum {
    /** The hour that they were planned for, in the time zone of each. */
    HOUR("to_char(planned_day, 'YYYY-MM-DD') || 'T' || lpad(planned_hour::text, 2, '0')", "NULL", HOURS),
    /** The day that they were planned on, in the time zone of each. */
    DAY("planned_day", "NULL", HOURS, DEVICES),
    DEVICE(
            "device_id",
            "(SELECT d.name FROM device_queue AS d WHERE d.device_id = c.device_id AND d.user_id = $1)",
            MONTHS,
            DEVICES),
    CAMPAIGN(
            "campaign_id",
            "(SELECT p.title FROM plans AS p WHERE p.id = c.campaign_id AND p.user_id = $1)",
            HOURS,
            DEVICES),
    SEQUENCE(
            "sequence_id",
            "(SELECT p.title FROM plans AS p WHERE p.id = c.sequence_id AND p.user_id = $1)",
            HOURS,
            DEVICES),
    STEP("sequence_stepid", "NULL", HOURS, DEVICES),
    NICHE("niche", "NULL", HOURS, DEVICES),
    KIND("kind", "NULL", HOURS, DEVICES),
    /** Why they failed or were cancelled; others have none and are left out. */
    REASON("reason", "NULL", REASONS);

    private final String key;
    private final String label;
    private final List<Counts> counts;

    Grouping(String key, String label, Counts... counts) {
        this.key = key;
        this.label = label;
        this.counts = List.of(counts);
    }

    /** What it can be made of, the fewest first. */
    List<Counts> counts() {
        return counts;
    }

    String sql(Counts of) {
        return of.by(key, label);
    }

    /** Whether its counts can be narrowed by devices and niches. */
    boolean knowsDevices() {
        return counts.contains(DEVICES);
    }
}
