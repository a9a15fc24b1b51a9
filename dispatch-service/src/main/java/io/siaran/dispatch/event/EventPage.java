package io.siaran.dispatch.event;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A part of the stream. */
public record EventPage(
        @Schema(description = "the events behind the cursor, oldest first; none where there is nothing new")
        List<EventView> items,

        @Schema(description = "what to ask behind next, also where there was nothing new", example = "4711")
        String nextCursor) {}
