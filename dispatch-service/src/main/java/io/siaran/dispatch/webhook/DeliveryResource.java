package io.siaran.dispatch.webhook;

import io.siaran.kafka.Writes;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What became of the deliveries of a webhook; sending again, and testing. */
@Path("/api/v1/webhooks/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks", description = "Where events are sent to, and what became of each.")
@RunOnVirtualThread
class DeliveryResource {

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final DeliverySignal signal;
    private final Writes writes;
    private final IdempotencyKeys keys;
    private final Caller caller;

    DeliveryResource(
            Webhooks webhooks,
            Deliveries deliveries,
            DeliverySignal signal,
            Writes writes,
            IdempotencyKeys keys,
            Caller caller) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.signal = signal;
        this.writes = writes;
        this.keys = keys;
        this.caller = caller;
    }

    @GET
    @Path("/deliveries")
    @RolesAllowed("viewer")
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "What became of each event for a webhook, newest first",
            description = "Kept for 30 days.")
    public Page<DeliveryView> list(
            @RestPath("id") UUID id, @BeanParam DeliveryQuery query, @BeanParam PageRequest page) {
        webhooks.find(caller.userId(), id);
        return deliveries.list(id, query.filter(), page);
    }

    @POST
    @Path("/deliveries/{event_id}/replay")
    @RolesAllowed("operator")
    @Operation(
            operationId = "replayWebhookDelivery",
            summary = "Send one event again",
            description = "With the same id and as it was.")
    @APIResponseSchema(value = Replayed.class, responseCode = "202", responseDescription = "waits again")
    public Response replay(@RestPath("id") UUID id, @RestPath("event_id") UUID event) {
        UserId user = caller.userId();
        Optional<Long> found = deliveries.find(user, id, event);
        return once(id, null, tx -> {
            webhooks.replayed(tx, user, id, Map.of("event_id", event));
            return deliveries.again(tx, user, id, event, found);
        });
    }

    @POST
    @Path("/replay")
    @RolesAllowed("operator")
    @Operation(
            operationId = "replayWebhookDeliveries",
            summary = "Send again what matches",
            description =
                    "What failed, or was delivered, since a time; at most 10,000 by one request, the oldest first.")
    @APIResponseSchema(value = Replayed.class, responseCode = "202", responseDescription = "wait again")
    public Response replay(@RestPath("id") UUID id, @NotNull @Valid ReplayRequest body) {
        UserId user = caller.userId();
        DeliveryFilter filter = body.filter();
        List<Long> found = deliveries.find(user, id, filter);
        return once(id, body, tx -> {
            webhooks.replayed(tx, user, id, body);
            return deliveries.again(tx, user, id, found, filter.statuses());
        });
    }

    @POST
    @Path("/test")
    @RolesAllowed("operator")
    @Operation(
            operationId = "testWebhook",
            summary = "Send an event of the type webhook.test",
            description = "To this webhook alone, signed and delivered as every other.")
    @APIResponseSchema(value = Tested.class, responseCode = "202", responseDescription = "under way")
    public Response test(@RestPath("id") UUID id) {
        UserId user = caller.userId();
        return once(id, null, tx -> deliveries.test(tx, user, id));
    }

    /**
     * Only what is enabled is sent to. Its row is not locked: sending ten thousand again waits for lanes, and who delivers would wait
     * for the row, with what became of everybody's deliveries. What is disabled meanwhile has its lanes cleared.
     */
    private Response once(UUID id, Object body, Function<Tx, Object> action) {
        UserId user = caller.userId();
        return writes.inTransaction(
                tx -> keys.once(tx.connection(), body, () -> {
                    if (!webhooks.find(tx, user, id).enabled()) {
                        throw Refusal.conflict("the webhook is not enabled");
                    }
                    return Response.accepted(action.apply(tx)).build();
                }),
                signal::ring);
    }
}
