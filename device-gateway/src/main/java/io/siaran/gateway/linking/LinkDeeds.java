package io.siaran.gateway.linking;

import io.siaran.gateway.registration.LinkedNumbers;
import io.siaran.kafka.Deeds;
import io.siaran.kafka.Writes;
import io.siaran.model.Deed;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells the audit that a phone is being linked, was linked, and was logged out: once each, however often it is asked how far it is.
 * For virtual threads.
 */
@ApplicationScoped
class LinkDeeds {

    /** Who asks again much later begins again: a code is shown for some minutes. */
    private static final String ASKED = "UPDATE devices SET link_asked_at = clock_timestamp()"
            + " WHERE id = $1 AND (link_asked_at IS NULL OR link_asked_at < clock_timestamp() - interval '10 minutes')"
            + " RETURNING user_id";
    /** What nobody asked for here is nobody's deed. */
    private static final String LINKED = "UPDATE devices SET link_asked_at = NULL"
            + " WHERE id = $1 AND link_asked_at IS NOT NULL RETURNING user_id";

    private static final String OWNER = "SELECT user_id FROM devices WHERE id = $1";

    private final Writes writes;
    private final Deeds deeds;
    private final LinkedNumbers numbers;

    LinkDeeds(Writes writes, Deeds deeds, LinkedNumbers numbers) {
        this.writes = writes;
        this.deeds = deeds;
        this.numbers = numbers;
    }

    void begun(DeviceId id) {
        tell(id, ASKED, Deed.LINK_BEGUN);
    }

    void linked(DeviceId id) {
        tell(id, LINKED, Deed.LINKED);
    }

    /** Its phone may be linked to another device from now on. */
    void loggedOut(DeviceId id) {
        writes.inTransaction(tx -> {
            numbers.release(tx, id);
            return tell(tx, id, OWNER, Deed.DISCONNECTED);
        });
    }

    private void tell(DeviceId id, String whose, Deed deed) {
        writes.inTransaction(tx -> tell(tx, id, whose, deed));
    }

    private int tell(Tx tx, DeviceId id, String whose, Deed deed) {
        int told = 0;
        for (Row row : tx.run(whose, id.value())) {
            UserId owner = new UserId(row.getString("user_id"));
            deeds.tell(tx, owner, deed, new Deeds.Subject("device", id), null, null);
            told++;
        }
        return told;
    }
}
