package io.siaran.sequence.authoring;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.kafka.Writes;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.CheckMedia;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.MediaCheck;
import io.siaran.rest.MergePatch;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Sequences over REST. */
@Path("/api/v1/sequences")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "sequences", description = "Timelines of messages that leads enter by a trigger.")
class SequenceResource {

    private final Caller caller;
    private final IdempotencyKeys keys;
    private final Writes writes;
    private final ReadingTurns turns;
    private final Sequences sequences;
    private final SequenceViews views;
    private final AuthorSequences author;
    private final DrawSequences drawings;
    private final MediaCheck media;

    SequenceResource(
            Caller caller,
            IdempotencyKeys keys,
            Writes writes,
            ReadingTurns turns,
            Sequences sequences,
            SequenceViews views,
            AuthorSequences author,
            DrawSequences drawings,
            MediaCheck media) {
        this.caller = caller;
        this.keys = keys;
        this.writes = writes;
        this.turns = turns;
        this.sequences = sequences;
        this.views = views;
        this.author = author;
        this.drawings = drawings;
        this.media = media;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(operationId = "createSequence", summary = "Makes a sequence, active or not.")
    @APIResponseSchema(
            value = SequenceView.class,
            responseCode = "201",
            responseDescription = "The sequence, with its id.")
    public Uni<Response> create(@BeanParam CheckMedia check, @NotNull @Valid SequenceDocument body) {
        return media.beforeOnce(
                check,
                body,
                () -> author.create(caller.userId(), body).flatMap(views::of).map(SequenceViews::created),
                create -> writes.inSession(() -> keys.once(body, create)));
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "listSequences",
            summary = "Lists sequences by age.",
            description =
                    "The warning empty_audience is left out of lists. A page of long sequences may have fewer than"
                            + " limit, and a next_cursor.")
    public Uni<Page<SequenceView>> list(@BeanParam SequenceQuery query, @BeanParam PageRequest page) {
        UserId user = caller.userId();
        return turns.read(
                user,
                () -> sequences
                        .list(user, query.filter(), page)
                        .flatMap(listed -> views.of(user, listed.shown())
                                .map(shown -> Page.of(shown, listed.more(), SequenceView::id, view -> view))));
    }

    @GET
    @Path("{id}")
    @RolesAllowed("viewer")
    @Operation(operationId = "getSequence", summary = "Answers a sequence with its steps.")
    public Uni<SequenceView> get(@RestPath SequenceId id) {
        UserId user = caller.userId();
        return turns.read(user, () -> sequences.find(user, id).flatMap(views::of));
    }

    @GET
    @Path("{id}/graph")
    @RolesAllowed("viewer")
    @Operation(
            operationId = "drawSequence",
            summary = "Answers a sequence as a graph: steps, what follows what, where it leads, and who is where.",
            description = "Also as text of Mermaid and as an image of SVG.")
    public Uni<GraphView> graph(@RestPath SequenceId id) {
        UserId user = caller.userId();
        return turns.read(user, () -> sequences.find(user, id).flatMap(drawings::draw));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "replaceSequence",
            summary = "Replaces a sequence; what is left out takes its default.",
            description = "Contacts who are inside follow: a text changes for whom it is not queued yet; a step that is"
                    + " added is sent to everybody who has not passed its place, one that is removed to nobody any more; an"
                    + " order or a wait changes for what is not queued. Nobody gets a step twice, and nobody who is through"
                    + " enters again. Niche, trigger and time zone change for leads that enter later. What the report"
                    + " counted of a removed step stays.")
    public Uni<SequenceView> replace(
            @RestPath SequenceId id,
            @BeanParam CheckMedia check,
            @NotNull @Valid SequenceDocument body,
            @Parameter(
                            description =
                                    "Changes nothing, and answers what the change would do, with its effect on the"
                                            + " contacts who are inside.",
                            example = "true")
                    @RestQuery("dry_run")
                    Boolean dryRun) {
        return media.before(check, body, () -> change(id, before -> body, dryRun));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "patchSequence",
            summary = "Changes some fields of a sequence (RFC 7396).",
            description = "As PUT of the sequence with these fields; steps are replaced as a whole.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SequenceDocument.class)))
    public Uni<SequenceView> patch(
            @RestPath SequenceId id,
            @BeanParam CheckMedia check,
            @NotNull MergePatch<SequenceDocument> patch,
            @Parameter(
                            description =
                                    "Changes nothing, and answers what the change would do, with its effect on the"
                                            + " contacts who are inside.",
                            example = "true")
                    @RestQuery("dry_run")
                    Boolean dryRun) {
        return media.before(check, patch, () -> change(id, patch::applyTo, dryRun));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "deleteSequence",
            summary = "Deletes a sequence.",
            description = "Whoever is inside leaves, and what is queued is cancelled. An active sequence with contacts"
                    + " inside is refused: 409, until it is deactivated.")
    public Uni<Void> delete(@RestPath SequenceId id) {
        return writes.inSession(() -> author.delete(caller.userId(), id));
    }

    private Uni<SequenceView> change(SequenceId id, UnaryOperator<SequenceDocument> wanted, Boolean dryRun) {
        boolean tried = dryRun != null && dryRun;
        return writes.inSession(() -> author.change(caller.userId(), id, wanted)
                .flatMap(edit -> tried ? undone(views.ofTried(edit)) : views.of(edit.sequence())));
    }

    /** What was read stays; what was written does not. */
    private static <T> Uni<T> undone(Uni<T> work) {
        return work.call(() -> Panache.currentTransaction().invoke(Mutiny.Transaction::markForRollback));
    }
}
