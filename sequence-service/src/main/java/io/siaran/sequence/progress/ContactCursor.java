package io.siaran.sequence.progress;

import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/** Where a page of contacts ends: at this row, which is that of a step of an enrolment. */
record ContactCursor(UUID enrolment, Integer step, UUID contact) {

    /** Before every row. */
    static final ContactCursor START = new ContactCursor(new UUID(0, 0), 0, new UUID(0, 0));

    static ContactCursor of(Row row) {
        return new ContactCursor(row.getUUID("enrolment_id"), row.getInteger("current_step"), row.getUUID("id"));
    }

    /** Reads what {@link #toString} wrote; throws on anything else. */
    static ContactCursor parse(String cursor) {
        String[] parts = cursor.split(":", 3);
        return new ContactCursor(UUID.fromString(parts[0]), Integer.valueOf(parts[1]), UUID.fromString(parts[2]));
    }

    @Override
    public String toString() {
        return enrolment + ":" + step + ":" + contact;
    }
}
