package io.siaran.bench.queue;

import io.siaran.model.BroadcastMessage;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the same server does at best: one connection claims a batch and marks it, on a copy of the table with the same
 * indexes and checks, without triggers, lanes, windows, events or news.
 */
final class BareSql {

    /** What a release takes at a time: 200 devices, four messages of each. */
    private static final int BATCH = 800;

    private static final String CLAIM = """
            WITH claimed AS (
              SELECT id FROM bare
              WHERE status = 'pending' AND NOT parked AND due_at <= now()
              ORDER BY device_id, priority, due_at, created_at, id
              LIMIT ?
              FOR UPDATE SKIP LOCKED)
            UPDATE bare SET status = 'processing', try_no = try_no + 1, max_pause = 0, not_after = now() + interval '2 minutes',
              lease_until = now() + interval '3 minutes', recall_at = now() + interval '3 minutes'
            WHERE id = ANY (ARRAY(SELECT id FROM claimed))
            RETURNING id, device_id, recipient_phone, message""";

    private static final String MARK = """
            UPDATE bare SET status = 'sent', attempts = attempts + 1, sent_at = now(), lease_until = NULL, recall_at = NULL,
              max_pause = NULL, provider_message_id = id::text, sent_text = 'Hi, the sale that you waited for has begun: 50% off everything!'
            WHERE id = ANY (?)""";

    private final Connection connection;
    private final Rows rows;

    BareSql(Connection connection) {
        this.connection = connection;
        this.rows = new Rows(connection);
    }

    double claimAndMark(List<BroadcastMessage> messages) throws SQLException {
        rows.execute("DROP TABLE IF EXISTS bare", "CREATE TABLE bare (LIKE broadcast_messages INCLUDING ALL)");
        rows.copy("bare", messages);
        rows.execute("VACUUM (ANALYZE) bare", "CHECKPOINT");
        long from = System.nanoTime();
        int marked = 0;
        try (PreparedStatement claim = connection.prepareStatement(CLAIM);
                PreparedStatement mark = connection.prepareStatement(MARK)) {
            for (List<Object> claimed = claim(claim); !claimed.isEmpty(); claimed = claim(claim)) {
                Array ids = connection.createArrayOf("uuid", claimed.toArray());
                mark.setArray(1, ids);
                marked += mark.executeUpdate();
            }
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        if (marked != messages.size()) {
            throw new IllegalStateException("marked " + marked + " of " + messages.size());
        }
        rows.execute("DROP TABLE bare");
        return messages.size() / seconds;
    }

    private static List<Object> claim(PreparedStatement claim) throws SQLException {
        claim.setInt(1, BATCH);
        List<Object> ids = new ArrayList<>(BATCH);
        try (ResultSet claimed = claim.executeQuery()) {
            while (claimed.next()) {
                ids.add(claimed.getObject(1));
            }
        }
        return ids;
    }
}
