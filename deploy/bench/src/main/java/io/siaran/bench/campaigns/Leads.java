package io.siaran.bench.campaigns;

import java.sql.SQLException;

/** So many leads over 3,000 devices: 90 % of one niche, 10 % of another, one phone in twenty on two devices. Half of the devices are on Wablas. */
final class Leads {

    static final int DEVICES = 3_000;
    static final String MOST = "ecommerce";
    static final String FEW = "fitness";

    private final Site site;
    private final int number;

    Leads(Site site, int number) {
        this.site = site;
        this.number = number;
    }

    int number() {
        return number;
    }

    void store() throws SQLException {
        site.sql(
                """
                INSERT INTO devices (id, user_id, name, status, platform, version, deleted)
                SELECT %s, '%s', 'Device ' || i, 'online', CASE i %% 2 WHEN 0 THEN 'wablas' ELSE '' END, 1, false
                  FROM generate_series(0, %d) AS i
                """.formatted(device("i"), Site.USER, DEVICES - 1),
                """
                INSERT INTO leads (id, user_id, device_id, phone, name, niche, niche_tags, target_status, trigger,
                                   version, created_at, updated_at)
                SELECT ('01936f2e-' || lpad(to_hex(i / 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
                       '%s', %s, (60120000000 + (i::bigint * 7919) %% (%d * 95 / 100))::text, 'Name ' || i,
                       niche, ARRAY[niche], 'prospect', '', 1, clock_timestamp(), clock_timestamp()
                  FROM (SELECT i, CASE WHEN i %% 10 = 0 THEN '%s' ELSE '%s' END AS niche
                          FROM generate_series(0, %d) AS i) AS made
                """.formatted(Site.USER, device("i % " + DEVICES), number, FEW, MOST, number - 1),
                "VACUUM ANALYZE leads",
                "ANALYZE devices",
                "CHECKPOINT");
        System.out.printf("%,d leads stored%n", number);
    }

    static String device(String number) {
        return "('01936f2e-0000-7000-8000-' || lpad(to_hex(" + number + "), 12, '0'))::uuid";
    }
}
