package io.siaran.sequence.progress;

import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/** Where a page of contacts ends: at this step of this walk. */
record PlaceInList(UUID enrolment, Integer step) {

    static final PlaceInList START = new PlaceInList(null, null);

    static PlaceInList of(Row row) {
        return new PlaceInList(row.getUUID("enrolment_id"), row.getInteger("current_step"));
    }

    /** Reads what {@link #toString} wrote; throws on anything else. */
    static PlaceInList parse(String cursor) {
        String[] parts = cursor.split(":", 2);
        return new PlaceInList(UUID.fromString(parts[0]), Integer.valueOf(parts[1]));
    }

    @Override
    public String toString() {
        return enrolment + ":" + step;
    }
}
