package io.siaran.campaign.lead;

import io.siaran.campaign.Query;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/** Who moved leads from one device to another, and when: noted by the transaction that moves them. */
@ApplicationScoped
class LeadMoves {

    private static final String NOTE = "INSERT INTO lead_moves (user_id, from_device, to_device, lead_id, niche, moved)"
            + " VALUES ($1, $2, $3, $4, $5, $6)";
    private static final String LIST =
            "SELECT id, from_device, to_device, lead_id, niche, moved, moved_at FROM lead_moves WHERE user_id = ";

    private final Database database;

    LeadMoves(Database database) {
        this.database = database;
    }

    /** @param niche of those that moved, as tags are compared; null: whatever they have */
    void note(Tx tx, UserId user, DeviceId from, DeviceId to, String niche, long moved) {
        tx.run(NOTE, user.value(), from.value(), to.value(), null, niche, moved);
    }

    /** Nothing where the lead stays on its device. */
    void note(Tx tx, Lead before, Lead after) {
        if (!before.deviceId().equals(after.deviceId())) {
            tx.run(
                    NOTE,
                    after.userId().value(),
                    before.deviceId().value(),
                    after.deviceId().value(),
                    after.id().value(),
                    null,
                    1L);
        }
    }

    /** The latest first. */
    Page<LeadMoveView> list(UserId user, PageRequest page) {
        Query query = new Query(LIST);
        query.and("?", user.value());
        query.and(" AND id < ?", page.after(Long::valueOf).orElse(null));
        query.and(" ORDER BY id DESC LIMIT ?", page.rowsToRead());
        List<LeadMoveView> found = StreamSupport.stream(
                        database.run(query.sql(), query.arguments()).spliterator(), false)
                .map(LeadMoveView::of)
                .toList();
        return Page.of(found, page, LeadMoveView::id, move -> move);
    }
}
