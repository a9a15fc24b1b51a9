package io.siaran.dispatch.event;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A part of the stream. */
public record EventPage(
        @Schema(
                description =
                        "the events behind the cursor, oldest first; none where there is nothing new, or nothing of the"
                                + " types that are asked for among the next 50,000")
        List<EventView> items,

        @Schema(
                description =
                        "what to ask behind next, also where there are no items; another one than was sent: go on at once",
                example = "4711")
        String nextCursor) {}
