package io.siaran.sequence.progress;

import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/** Where a page of contacts ends: at this step of this enrolment. */
record ContactCursor(UUID enrolment, Integer step) {

    static final ContactCursor START = new ContactCursor(null, null);

    static ContactCursor of(Row row) {
        return new ContactCursor(row.getUUID("enrolment_id"), row.getInteger("current_step"));
    }

    /** Reads what {@link #toString} wrote; throws on anything else. */
    static ContactCursor parse(String cursor) {
        String[] parts = cursor.split(":", 2);
        return new ContactCursor(UUID.fromString(parts[0]), Integer.valueOf(parts[1]));
    }

    @Override
    public String toString() {
        return enrolment + ":" + step;
    }
}
