package io.siaran.dispatch.control;

import io.siaran.dispatch.audit.Audit;
import io.siaran.dispatch.audit.Audit.Subject;
import io.siaran.kafka.Writes;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What an operator decides about all messages that match a filter: taken note of, and done within moments. */
@Path("/api/v1/messages")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("operator")
@Tag(name = "messages", description = "Each message, from planned to read.")
@RunOnVirtualThread
public class BulkResource {

    private final Writes writes;
    private final BulkActions actions;
    private final IdempotencyKeys keys;
    private final Caller caller;
    private final Audit audit;

    BulkResource(Writes writes, BulkActions actions, IdempotencyKeys keys, Caller caller, Audit audit) {
        this.writes = writes;
        this.actions = actions;
        this.keys = keys;
        this.caller = caller;
        this.audit = audit;
    }

    @POST
    @Path("/cancel")
    @Operation(
            operationId = "cancelMessages",
            summary = "Do not send any more what matches",
            description =
                    "What waits and what is in flight. At most 20 actions of a user are under way; one more is a 429.")
    @APIResponse(
            responseCode = "202",
            description = "under way",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = BulkAction.class)))
    public Response cancel(@NotNull @Valid BulkRequest body) {
        return ask(Action.CANCEL, body);
    }

    @POST
    @Path("/retry")
    @Operation(
            operationId = "retryMessages",
            summary = "Try again what matches",
            description =
                    "What failed. Unknown messages, which may have been sent, and messages that an operator cancelled"
                            + " only when the filter names their status. What may not be sent any more stays as it is."
                            + " At most 20 actions of a user are under way; one more is a 429.")
    @APIResponse(
            responseCode = "202",
            description = "under way",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = BulkAction.class)))
    public Response retry(@NotNull @Valid BulkRequest body) {
        return ask(Action.RETRY, body);
    }

    @POST
    @Path("/resolve")
    @Operation(
            operationId = "resolveMessages",
            summary = "Say what became of the unknown messages that match",
            description = "At most 20 actions of a user are under way; one more is a 429.")
    @APIResponse(
            responseCode = "202",
            description = "under way",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = BulkAction.class)))
    public Response resolve(@NotNull @Valid BulkRequest body) {
        return ask(Action.RESOLVE, body);
    }

    @GET
    @Path("/actions/{action}")
    @RolesAllowed("viewer")
    @Operation(operationId = "getMessageAction", summary = "How far an action is, and what it left alone")
    public BulkAction get(@RestPath("action") UUID action) {
        return actions.find(caller.userId(), action);
    }

    private Response ask(Action action, BulkRequest body) {
        UserId user = caller.userId();
        Matching matching = actions.count(user, action, body);
        return writes.inTransaction(tx -> keys.once(tx.connection(), body, () -> {
            BulkAction asked = actions.ask(tx, user, action, body, matching);
            audit.write(
                    tx,
                    user,
                    Action.deed(action.decision(body.outcome())),
                    new Subject("messages", asked.id()),
                    null,
                    actions.askedFor(tx, user, body, matching));
            return Response.accepted(asked)
                    .location(URI.create("/api/v1/messages/actions/" + asked.id()))
                    .build();
        }));
    }
}
