package io.siaran.bench.sequences;

import java.sql.SQLException;

/** Leads over many devices, stored as the service's projections have them. */
final class Leads {

    static final int DEVICES = 3_000;

    private static final String TRUNCATE = "TRUNCATE leads, lead_triggers, lead_reviews, requested_entries,"
            + " requested_crowds, left_out_of_crowds, enrolments, sequence_contacts, parkings, report_counts, report_deltas";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int MOST_TRIES = 600;

    private Leads() {}

    /** All online, but for every third where {@code someOffline}. */
    static void devices(Site site, boolean someOffline) throws SQLException {
        site.sql("""
                INSERT INTO devices (id, user_id, status, time_zone, version, deleted)
                SELECT %s, '%s', CASE WHEN %s AND i %% 3 = 0 THEN 'offline' ELSE 'online' END, 'Asia/Kuala_Lumpur', 1, false
                FROM generate_series(0, %d) AS i
                ON CONFLICT (id) DO UPDATE SET status = excluded.status
                """.formatted(device("i"), Site.USER, someOffline, DEVICES - 1));
    }

    /** So many leads that carry a trigger. */
    static void carrying(Site site, String trigger, int leads) throws SQLException {
        site.sql(
                """
                INSERT INTO leads (id, user_id, device_id, phone, name, niches, target_status, attributes, version, deleted)
                SELECT %s, '%s', %s, (60120000000 + i)::text, 'Name ' || i, '{}', 'prospect', '{}', 1, false
                FROM generate_series(0, %d) AS i
                """.formatted(lead(trigger, "i"), Site.USER, device("i % " + DEVICES), leads - 1),
                """
                INSERT INTO lead_triggers (lead_id, user_id, trigger, assignment)
                SELECT %s, '%s', '%s', 1 FROM generate_series(0, %d) AS i
                """.formatted(lead(trigger, "i"), Site.USER, trigger, leads - 1),
                "VACUUM ANALYZE leads",
                "VACUUM ANALYZE lead_triggers",
                "CHECKPOINT");
        System.out.printf("%,d leads stored%n", leads);
    }

    static String lead(String trigger, String number) {
        return "md5('%s' || %s)::uuid".formatted(trigger, number);
    }

    static String device(String number) {
        return "('01936f2e-0000-7000-8000-' || lpad(to_hex(" + number + "), 12, '0'))::uuid";
    }

    /**
     * Nobody, nothing: the next part begins anew. The service goes on looking meanwhile, and takes its locks in an order of its
     * own: whoever waits for long gives up what it has and begins again, so that neither is the victim of a deadlock.
     */
    static void clear(Site site) throws SQLException, InterruptedException {
        site.sql("UPDATE sequences SET status = 'inactive'");
        int tries = 0;
        while (!truncated(site)) {
            if (++tries == MOST_TRIES) {
                throw new IllegalStateException("the service leaves the tables alone at no time");
            }
            Thread.sleep(100);
        }
    }

    private static boolean truncated(Site site) throws SQLException {
        try {
            site.sql("SET lock_timeout = '300ms'", TRUNCATE);
            return true;
        } catch (SQLException refused) {
            if (LOCK_NOT_AVAILABLE.equals(refused.getSQLState())) {
                return false;
            }
            throw refused;
        }
    }
}
