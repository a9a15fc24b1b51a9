package io.siaran.gateway.registration;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of the leads of a device, as campaign-service answers it. */
@Schema(name = "MovedLeadsOfDevice")
record MovedLeads(
        @Schema(description = "leads that moved, or would", example = "2000")
        long moved,

        @Schema(
                description = "leads that stay because their phone is a lead of the other device already",
                example = "3")
        long inTheWay,

        @Schema(
                description = "leads that could move and have not yet: a call moves at most 10,000; ask again",
                example = "0")
        long remaining) {}
