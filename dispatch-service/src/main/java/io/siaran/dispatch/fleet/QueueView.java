package io.siaran.dispatch.fleet;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The devices of a user and what they have to do; a page of them. */
public record QueueView(
        @Schema(description = "a page of the devices, in order of their ids")
        List<DeviceLine> items,

        @Schema(
                description = "gets the next page as ?cursor=; null after the last",
                nullable = true,
                example = "MDE5MzZmMmU")
        String nextCursor,

        @Schema(description = "the stop that silences all of them; null: none", nullable = true)
        Stop stopped) {}
