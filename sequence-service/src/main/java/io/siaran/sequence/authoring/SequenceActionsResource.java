package io.siaran.sequence.authoring;

import io.siaran.kafka.Writes;
import io.siaran.model.SequenceId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What is done with a sequence as a whole: copied, let loose, held. */
@Path("/api/v1/sequences")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("operator")
@Tag(name = "sequences", description = "Timelines of messages that leads enter by a trigger.")
class SequenceActionsResource {

    private final Caller caller;
    private final IdempotencyKeys keys;
    private final Writes writes;
    private final SequenceViews views;
    private final AuthorSequences author;

    SequenceActionsResource(
            Caller caller, IdempotencyKeys keys, Writes writes, SequenceViews views, AuthorSequences author) {
        this.caller = caller;
        this.keys = keys;
        this.writes = writes;
        this.views = views;
        this.author = author;
    }

    @POST
    @Path("{id}/clone")
    @Operation(
            operationId = "cloneSequence",
            summary = "Makes an inactive copy of a sequence, with steps of its own and nobody inside.")
    @APIResponseSchema(value = SequenceView.class, responseCode = "201", responseDescription = "The copy, with its id.")
    public Uni<Response> copy(@RestPath SequenceId id) {
        return writes.inSession(() -> keys.once(
                null, () -> author.copy(caller.userId(), id).flatMap(views::of).map(SequenceViews::created)));
    }

    @POST
    @Path("{id}/activate")
    @Operation(
            operationId = "activateSequence",
            summary = "Lets leads in from now on, and goes on where it was deactivated.",
            description = "Leads that carry the trigger already enter too. An active sequence stays as it is.")
    @APIResponseSchema(value = SequenceView.class, responseDescription = "The active sequence.")
    public Uni<Response> activate(@RestPath SequenceId id) {
        return become(SequenceStatus.ACTIVE, id);
    }

    @POST
    @Path("{id}/deactivate")
    @Operation(
            operationId = "deactivateSequence",
            summary = "Lets nobody in, fires nothing, and holds what is queued.",
            description = "Contacts stay where they are. An inactive sequence stays as it is.")
    @APIResponseSchema(value = SequenceView.class, responseDescription = "The inactive sequence.")
    public Uni<Response> deactivate(@RestPath SequenceId id) {
        return become(SequenceStatus.INACTIVE, id);
    }

    private Uni<Response> become(SequenceStatus status, SequenceId id) {
        return writes.inSession(() -> keys.once(
                null,
                () -> author.become(status, caller.userId(), id)
                        .flatMap(views::of)
                        .map(view -> Response.ok(view).build())));
    }
}
