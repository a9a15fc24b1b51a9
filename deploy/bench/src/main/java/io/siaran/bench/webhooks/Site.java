package io.siaran.bench.webhooks;

import io.siaran.bench.ServiceSite;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Dispatch-service with a heap of 512 MB and its settings as they are, but that receivers may be on this machine. */
final class Site extends ServiceSite {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private Site() throws SQLException, IOException, InterruptedException {
        super(
                "dispatch",
                List.of("-Xmx512m"),
                Map.of("SIARAN_WEBHOOKS_SECRET_KEY", KEY, "SIARAN_WEBHOOKS_ALLOW_INTERNAL_ADDRESSES", "true"));
    }

    static Site open() throws IOException, SQLException, InterruptedException {
        return new Site();
    }

    /** Tenants {@code <name>-1}, {@code <name>-2}, … with webhooks of their own, of which every tenth hangs where {@code some} do. */
    void webhooks(String name, int tenants, int ofEach, String url, boolean some) throws SQLException {
        sql(
                "INSERT INTO event_listeners (user_id) SELECT '%s-' || i FROM generate_series(1, %d) AS i"
                        .formatted(name, tenants),
                """
                INSERT INTO webhooks (id, user_id, url, events, enabled)
                SELECT gen_random_uuid(), '%1$s-' || i,
                  '%2$s' || CASE WHEN %3$s AND ((i - 1) * %5$d + n) %% 10 = 0 THEN '/hang/' ELSE '/%1$s/' END || ((i - 1) * %5$d + n),
                  '{}', true
                FROM generate_series(1, %4$d) AS i, generate_series(1, %5$d) AS n
                """.formatted(name, url, some, tenants, ofEach));
    }

    void killAndStartAgain() throws IOException, InterruptedException {
        killAndStart();
    }
}
