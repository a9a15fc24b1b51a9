package io.siaran.dispatch.analytics;

import io.siaran.model.Wire;
import io.siaran.sql.Sql;

/** By what a report groups messages. */
enum Grouping implements Wire {
    /** The hour that they were planned for, in the time zone of each. */
    HOUR("report-hours.sql"),
    /** The day that they were planned on, in the time zone of each. */
    DAY("planned_day", "NULL"),
    DEVICE("device_id", "(SELECT d.name FROM device_queue AS d WHERE d.device_id = c.device_id AND d.user_id = $1)"),
    CAMPAIGN("campaign_id", "(SELECT p.title FROM plans AS p WHERE p.id = c.campaign_id AND p.user_id = $1)"),
    SEQUENCE("sequence_id", "(SELECT p.title FROM plans AS p WHERE p.id = c.sequence_id AND p.user_id = $1)"),
    STEP("sequence_stepid", "NULL"),
    NICHE("niche", "NULL"),
    KIND("kind", "NULL"),
    /** Why they failed or were cancelled; others have none and are left out. */
    REASON("report-reasons.sql");

    private final String sql;
    private final boolean knowsDevices;

    Grouping(String file) {
        this.sql = Sql.load(Grouping.class, file);
        this.knowsDevices = false;
    }

    Grouping(String column, String label) {
        this.sql =
                Sql.load(Grouping.class, "report.sql").replace("{key}", column).replace("{label}", label);
        this.knowsDevices = true;
    }

    String sql() {
        return sql;
    }

    /** Whether its counts can be narrowed by devices and niches. */
    boolean knowsDevices() {
        return knowsDevices;
    }
}
