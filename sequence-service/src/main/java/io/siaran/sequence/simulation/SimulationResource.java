package io.siaran.sequence.simulation;

import io.siaran.model.SequenceId;
import io.siaran.rest.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** A sequence on a virtual clock. */
@Path("/api/v1/sequences")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@Tag(name = "sequences", description = "Timelines of messages that leads enter by a trigger.")
class SimulationResource {

    private final Caller caller;
    private final Simulate simulate;

    SimulationResource(Caller caller, Simulate simulate) {
        this.caller = caller;
        this.simulate = simulate;
    }

    @POST
    @Path("{id}/simulate")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RunOnVirtualThread
    @Operation(
            operationId = "simulateSequence",
            summary = "Plays a sequence for a sample lead on a virtual clock.",
            description = "Answers what would be sent, and when. Nothing is stored, and nothing is sent.")
    public SimulatedWalk simulate(@RestPath SequenceId id, @NotNull @Valid SampleLead body) {
        return simulate.play(caller.userId(), id, body);
    }
}
