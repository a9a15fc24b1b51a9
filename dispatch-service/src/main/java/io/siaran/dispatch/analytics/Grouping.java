package io.siaran.dispatch.analytics;

import io.siaran.model.Wire;

/** By what a report groups messages. */
enum Grouping implements Wire {
    /** The day that they were planned on, in the time zone of each. */
    DAY("planned_day", "NULL"),
    DEVICE(
            "device_id",
            "(SELECT d.name FROM device_queue AS d WHERE d.device_id = c.device_id AND d.user_id = $1)"),
    CAMPAIGN(
            "campaign_id", "(SELECT p.title FROM plans AS p WHERE p.id = c.campaign_id AND p.user_id = $1)"),
    SEQUENCE(
            "sequence_id", "(SELECT p.title FROM plans AS p WHERE p.id = c.sequence_id AND p.user_id = $1)"),
    STEP("sequence_stepid", "NULL"),
    NICHE("niche", "NULL"),
    KIND("kind", "NULL");

    private final String column;
    private final String label;

    Grouping(String column, String label) {
        this.column = column;
        this.label = label;
    }

    /** The statement for this grouping. */
    String sql(String template) {
        return template.replace("{key}", column).replace("{label}", label);
    }
}
