package io.siaran.campaign.lead;

import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/leads/moves}: which leads were moved from one device to another. */
@Path("/api/v1/leads/moves")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "leads", description = "The people who are written to.")
class LeadMovesResource {

    private final LeadMoves moves;
    private final Caller caller;

    LeadMovesResource(LeadMoves moves, Caller caller) {
        this.moves = moves;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "listLeadMoves",
            summary = "List which leads were moved from one device to another, the latest first")
    public Page<LeadMoveView> list(@BeanParam PageRequest page) {
        return moves.list(caller.userId(), page);
    }
}
