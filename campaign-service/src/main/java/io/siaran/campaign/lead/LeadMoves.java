package io.siaran.campaign.lead;

import io.siaran.campaign.Query;
import io.siaran.kafka.Deeds;
import io.siaran.model.Deed;
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
    private final Deeds deeds;

    LeadMoves(Database database, Deeds deeds) {
        this.database = database;
        this.deeds = deeds;
    }

    /** @param niche of those that moved, as tags are compared; null: whatever they have */
    void note(Tx tx, UserId user, DeviceId from, DeviceId to, String niche, long moved) {
        tx.run(NOTE, user.value(), from.value(), to.value(), null, niche, moved);
        if (moved > 0) {
            tell(tx, user, new Deeds.Subject("leads", null), new Moved(from, null, null), new Moved(to, niche, moved));
        }
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
            tell(
                    tx,
                    after.userId(),
                    new Deeds.Subject("lead", after.id()),
                    new Moved(before.deviceId(), null, null),
                    new Moved(after.deviceId(), null, null));
        }
    }

    private void tell(Tx tx, UserId by, Deeds.Subject subject, Moved from, Moved to) {
        deeds.tell(tx, by, Deed.MOVED, subject, from, to);
    }

    /** On which device they are; how many, of which niche, where it is not one. */
    private record Moved(DeviceId deviceId, String niche, Long leads) {}

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
