package io.siaran.dispatch.intake;

import io.siaran.dispatch.message.MessageView;
import io.siaran.dispatch.message.Messages;
import io.siaran.dispatch.queue.MessageStore;
import io.siaran.dispatch.queue.WorkSignal;
import io.siaran.kafka.Writes;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.AnswersOnce;
import io.siaran.rest.Caller;
import io.siaran.rest.CheckMedia;
import io.siaran.rest.MediaCheck;
import io.siaran.sql.Tx;
import io.siaran.trace.MessageTraces;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One direct message: into the same queue as all others, by the same statement. */
@Path("/api/v1/messages")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("operator")
@Tag(name = "messages", description = "Each message, from planned to read.")
@RunOnVirtualThread
public class DirectMessageResource {

    private final Writes writes;
    private final MessageStore store;
    private final Messages messages;
    private final DirectMessages direct;
    private final KnownDevices devices;
    private final AnswersOnce once;
    private final Caller caller;
    private final WorkSignal work;
    private final MediaCheck media;
    private final MessageTraces traces;

    DirectMessageResource(
            Writes writes,
            MessageStore store,
            Messages messages,
            DirectMessages direct,
            KnownDevices devices,
            AnswersOnce once,
            Caller caller,
            WorkSignal work,
            MediaCheck media,
            MessageTraces traces) {
        this.writes = writes;
        this.store = store;
        this.messages = messages;
        this.direct = direct;
        this.devices = devices;
        this.once = once;
        this.caller = caller;
        this.work = work;
        this.media = media;
        this.traces = traces;
    }

    @POST
    @Operation(operationId = "sendMessage", summary = "Send one message")
    @APIResponse(
            responseCode = "201",
            description = "queued; its status is the message's",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    public Response send(@BeanParam CheckMedia check, @NotNull @Valid DirectMessageRequest body) {
        Instant asked = traces.now();
        UserId user = caller.userId();
        return once.answer(
                body,
                () -> checked(user, check, body),
                storing -> writes.inTransaction(storing, work::ring),
                (tx, message) -> store(tx, user, message, body, asked));
    }

    /** The device may have been deleted since the first time, or the image be gone. */
    private BroadcastMessage checked(UserId user, CheckMedia check, DirectMessageRequest body) {
        PhoneNumber recipient = DirectMessageCheck.recipient(body, direct.phoneRegion());
        media.refuse(check, body);
        return direct.of(user, body, recipient, devices.zone(user, body.deviceId()));
    }

    private Response store(Tx tx, UserId user, BroadcastMessage message, DirectMessageRequest body, Instant asked) {
        store.store(tx, List.of(message));
        traces.accepted(message.id(), asked);
        return Response.created(URI.create("/api/v1/messages/" + message.id()))
                .entity(messages.find(
                        tx, user, message.id(), DirectMessageCheck.warnings(body, message.recipientPhone())))
                .build();
    }
}
