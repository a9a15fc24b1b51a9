package io.siaran.dispatch.fleet;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The devices of a user and what they have to do; a page of them. */
public record QueueView(
        List<DeviceLine> items,
        String nextCursor,

        @Schema(description = "the stop that silences all of them; null: none")
        Stop stopped) {}
