package io.siaran.dispatch.analytics;

import io.vertx.mutiny.sqlclient.Row;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What one user's messages of one day came to. */
record Usage(
        @Schema(description = "the day that they were planned on, in the time zone of each", example = "2026-11-28")
        LocalDate day,

        @Schema(description = "whose messages", example = "kedai-ani")
        String userId,

        @Schema(description = "that wait or are being sent", example = "104")
        long open,

        @Schema(description = "that were sent", example = "1000")
        long sent,

        @Schema(description = "that failed", example = "90") long failed,

        @Schema(description = "that were cancelled", example = "5")
        long cancelled,

        @Schema(description = "of which nobody knows", example = "1")
        long unknown,

        @Schema(description = "of those sent, that reached the phone", example = "900")
        long delivered,

        @Schema(description = "of those sent, that were opened", example = "450")
        long read) {

    static Usage of(Row row) {
        return new Usage(
                row.getLocalDate("planned_day"),
                row.getString("user_id"),
                row.getLong("open"),
                row.getLong("sent"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("unknown"),
                row.getLong("delivered"),
                row.getLong("read"));
    }

    /** Where a list goes on behind it. */
    Place place() {
        return new Place(day, userId);
    }

    /** A place in a list by days, and of each by users. */
    record Place(LocalDate day, String userId) {

        static final Place BEGINNING = new Place(null, null);

        private static final int DAY = "2026-11-28".length();

        /** Throws a {@link RuntimeException} for a text that is none. */
        static Place read(String text) {
            return new Place(LocalDate.parse(text.substring(0, DAY)), text.substring(DAY));
        }

        @Override
        public String toString() {
            return day + userId;
        }
    }
}
