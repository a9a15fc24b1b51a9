package io.siaran.dispatch.control;

import io.siaran.dispatch.audit.Audit;
import io.siaran.dispatch.audit.Audit.Subject;
import io.siaran.dispatch.message.Decision;
import io.siaran.dispatch.message.MessageView;
import io.siaran.dispatch.message.Messages;
import io.siaran.dispatch.message.Ruling;
import io.siaran.dispatch.queue.WorkSignal;
import io.siaran.kafka.Writes;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.EntityTags;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.Refusal;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What an operator decides about one message. {@code If-Match} holds against its {@code ETag}. */
@Path("/api/v1/messages/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("operator")
@Tag(name = "messages", description = "Each message, from planned to read.")
@RunOnVirtualThread
public class ControlResource {

    private final Writes writes;
    private final Messages messages;
    private final DecideOnMessages decide;
    private final IdempotencyKeys keys;
    private final EntityTags tags;
    private final Caller caller;
    private final WorkSignal work;
    private final Audit audit;

    ControlResource(
            Writes writes,
            Messages messages,
            DecideOnMessages decide,
            IdempotencyKeys keys,
            EntityTags tags,
            Caller caller,
            WorkSignal work,
            Audit audit) {
        this.writes = writes;
        this.messages = messages;
        this.decide = decide;
        this.keys = keys;
        this.tags = tags;
        this.caller = caller;
        this.work = work;
        this.audit = audit;
    }

    @POST
    @Path("/cancel")
    @Operation(
            operationId = "cancelMessage",
            summary = "Do not send it any more",
            description = "A message in flight answers 202: it is asked back, and ends as the gateway answers.")
    @APIResponse(
            responseCode = "200",
            description = "cancelled",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    @APIResponse(
            responseCode = "202",
            description = "asked back",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    public Response cancel(@RestPath("id") MessageId id) {
        return decide(id, new Decision.Cancel(), null);
    }

    @POST
    @Path("/retry")
    @Operation(
            operationId = "retryMessage",
            summary = "Try it again",
            description = "Of an unknown message that is knowingly: it may have been sent, and the recipient may get it"
                    + " twice.")
    @APIResponse(
            responseCode = "200",
            description = "pending",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    public Response retry(@RestPath("id") MessageId id) {
        return decide(id, new Decision.Retry(), null);
    }

    @POST
    @Path("/resolve")
    @Operation(operationId = "resolveMessage", summary = "Say what became of an unknown message")
    @APIResponse(
            responseCode = "200",
            description = "sent or failed",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    public Response resolve(@RestPath("id") MessageId id, @NotNull @Valid Outcome body) {
        return decide(id, Action.RESOLVE.decision(body.outcome()), body);
    }

    private Response decide(MessageId id, Decision decision, Object body) {
        UserId user = caller.userId();
        return writes.inTransaction(
                tx -> keys.once(tx.connection(), body, () -> decide(tx, user, id, decision)), work::ring);
    }

    private Response decide(Tx tx, UserId user, MessageId id, Decision decision) {
        MessageView before = messages.find(tx, user, id);
        tags.check(before.version());
        if (decide.decide(tx, user, decision, List.of(id)).get(id) instanceof Ruling.Refused refused) {
            throw Refusal.conflict(refused.because());
        }
        MessageView now = messages.find(tx, user, id);
        audit.write(tx, user, Action.deed(decision), new Subject("message", id), state(before), state(now));
        return Response.status(now.status() == MessageState.PROCESSING ? Status.ACCEPTED : Status.OK)
                .entity(now)
                .build();
    }

    /** What a decision changes of a message; the rest of it, and its history, is the message's own. */
    private static Map<String, String> state(MessageView message) {
        return Map.of("status", message.status().wire());
    }
}
