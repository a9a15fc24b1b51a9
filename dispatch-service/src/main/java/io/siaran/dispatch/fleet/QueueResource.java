package io.siaran.dispatch.fleet;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import io.siaran.dispatch.audit.Audit;
import io.siaran.dispatch.audit.Audit.Subject;
import io.siaran.dispatch.queue.WorkSignal;
import io.siaran.kafka.Writes;
import io.siaran.model.Deed;
import io.siaran.model.DeviceId;
import io.siaran.model.Limits;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** The queue: what each device has to do; stop and resume. */
@Path("/api/v1/queue")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "queue", description = "What waits on each device.")
@RunOnVirtualThread
public class QueueResource {

    private static final Subject QUEUE = new Subject("queue", null);

    private final Writes writes;
    private final DeviceLines lines;
    private final EmergencyStop stops;
    private final IdempotencyKeys keys;
    private final Caller caller;
    private final SecurityIdentity identity;
    private final WorkSignal work;
    private final Audit audit;

    QueueResource(
            Writes writes,
            DeviceLines lines,
            EmergencyStop stops,
            IdempotencyKeys keys,
            Caller caller,
            SecurityIdentity identity,
            WorkSignal work,
            Audit audit) {
        this.writes = writes;
        this.lines = lines;
        this.stops = stops;
        this.keys = keys;
        this.caller = caller;
        this.identity = identity;
        this.work = work;
        this.audit = audit;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(operationId = "getQueue", summary = "Per device: backlog, in flight, next due, expected empty")
    public QueueView queue(
            @Parameter(description = "only these devices; may repeat", example = "01936f2e-0000-7000-8000-0000000000d1")
                    @RestQuery("device_id")
                    List<DeviceId> devices,
            @BeanParam PageRequest page) {
        UserId user = caller.userId();
        Stop stopped = stops.on(user).orElse(null);
        var shown = lines.of(user, devices, page, stopped != null);
        return new QueueView(shown.items(), shown.nextCursor(), stopped);
    }

    @POST
    @Path("/stop")
    @RolesAllowed("operator")
    @Operation(
            operationId = "stopQueue",
            summary = "Stop sending",
            description =
                    "Nothing of the scope is released from now on; what was released is asked back from the gateway,"
                            + " and a call that is open at this moment still ends. The fleet, and other users, are for"
                            + " administrators.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Stop.class)))
    public Response stop(@Valid StopRequest body) {
        return once(body, (tx, asked) -> {
            Stop stop = stops.stop(tx, asked.scope(), whose(asked), caller.userId(), asked.reason());
            audit.write(tx, whose(asked), caller.userId(), Deed.STOPPED, QUEUE, null, stop);
            return Response.ok(stop).build();
        });
    }

    @POST
    @Path("/resume")
    @RolesAllowed("operator")
    @Operation(
            operationId = "resumeQueue",
            summary = "Send again",
            description =
                    "What a user stopped the user resumes; a stop by an administrator only an administrator. While the"
                            + " fleet is stopped, a user's own resume changes nothing yet.")
    @APIResponse(responseCode = "204", description = "the scope is not stopped")
    public Response resume(@Valid StopRequest body) {
        Response answer = once(body, (tx, asked) -> {
            stops.resume(tx, asked.scope(), whose(asked), caller.userId(), isAdministrator());
            audit.write(tx, whose(asked), caller.userId(), Deed.RESUMED, QUEUE, null, null);
            return Response.noContent().build();
        });
        work.ring();
        return answer;
    }

    private Response once(StopRequest body, BiFunction<Tx, StopRequest, Response> action) {
        StopRequest asked = Optional.ofNullable(body).orElse(StopRequest.OWN);
        return writes.inTransaction(tx -> keys.once(tx.connection(), body, () -> action.apply(tx, asked)));
    }

    /** Empty: the fleet. */
    private Optional<UserId> whose(StopRequest asked) {
        UserId self = caller.userId();
        Optional<UserId> whose = switch (asked.scope()) {
            case FLEET -> Optional.empty();
            case USER -> Optional.of(Optional.ofNullable(asked.userId()).orElse(self));
        };
        if (whose.isPresent() && whose.get().value().length() > Limits.USER_ID) {
            throw Refusal.invalid("user_id", "has at most " + Limits.USER_ID + " characters");
        }
        if (!whose.equals(Optional.of(self)) && !isAdministrator()) {
            throw new ForbiddenException("only an administrator stops or resumes others");
        }
        return whose;
    }

    private boolean isAdministrator() {
        return identity.hasRole("admin");
    }
}
