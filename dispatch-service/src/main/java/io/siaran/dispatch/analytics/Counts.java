package io.siaran.dispatch.analytics;

import io.siaran.sql.Sql;

/** The counts that a report can be made of. */
enum Counts {
    /** Of each device and day: of thousands of devices, millions. */
    DEVICES("report.sql"),
    /** Of each device and month, whatever it sent. */
    MONTHS("report-months.sql"),
    /** Of each hour, of all devices: few. */
    HOURS("report-hours.sql"),
    /** By the reason for which messages ended. */
    REASONS("report-reasons.sql");

    private final String sql;

    Counts(String file) {
        this.sql = Sql.load(Counts.class, file);
    }

    /**
     * The statement that groups them.
     *
     * @param label what a group is called
     */
    String by(String key, String label) {
        return sql.replace("{key}", key).replace("{label}", label);
    }
}
