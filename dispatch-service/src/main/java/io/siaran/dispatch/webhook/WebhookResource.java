package io.siaran.dispatch.webhook;

import io.siaran.kafka.Writes;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.MergePatch;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/webhooks}: where events are sent to. */
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks", description = "Where events are sent to, and what became of each.")
@RunOnVirtualThread
class WebhookResource {

    private final Webhooks webhooks;
    private final WebhookSecrets secrets;
    private final Writes writes;
    private final IdempotencyKeys keys;
    private final Caller caller;

    WebhookResource(Webhooks webhooks, WebhookSecrets secrets, Writes writes, IdempotencyKeys keys, Caller caller) {
        this.webhooks = webhooks;
        this.secrets = secrets;
        this.writes = writes;
        this.keys = keys;
        this.caller = caller;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            operationId = "createWebhook",
            summary = "Have events sent to an address",
            description =
                    "Each event is a POST of the JSON that GET /events shows, signed by the rules of Standard Webhooks"
                            + " (webhook-id, webhook-timestamp, webhook-signature). Every 2xx within 10 seconds is taken as its receipt;"
                            + " else it is sent again for 3 days, less and less often. The events of one subject come in their order, each"
                            + " at least once: a receiver knows one that it has by its id. 410 disables the webhook.")
    @APIResponse(
            responseCode = "201",
            description = "made; the only answer that shows its secret",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public Response create(@NotNull @Valid WebhookBody body) {
        UserId user = caller.userId();
        return shown(writes.inTransaction(tx -> keys.once(tx.connection(), body, () -> created(tx, user, body))));
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(operationId = "listWebhooks", summary = "List webhooks, oldest first")
    public Page<WebhookView> list(
            @Parameter(
                            description = "webhooks that were changed at this time or later",
                            example = "2026-11-28T08:00:00Z")
                    @RestQuery("updated_since")
                    Instant updatedSince,
            @BeanParam PageRequest page) {
        return webhooks.list(caller.userId(), updatedSince, page);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(operationId = "getWebhook", summary = "Show a webhook")
    public WebhookView get(@RestPath("id") UUID id) {
        return webhooks.find(caller.userId(), id);
    }

    @PATCH
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "patchWebhook",
            summary = "Change some fields of a webhook",
            description =
                    "A merge patch by RFC 7396; null clears a field. One that was disabled is enabled again by enabled.")
    @RequestBody(content = @Content(schema = @Schema(implementation = WebhookBody.class)))
    public WebhookView patch(@RestPath("id") UUID id, @NotNull MergePatch<WebhookBody> body) {
        UserId user = caller.userId();
        return writes.inTransaction(tx -> webhooks.change(tx, user, id, body::applyTo));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(operationId = "deleteWebhook", summary = "Remove a webhook: nothing more is sent")
    @APIResponse(responseCode = "204", description = "removed")
    public void delete(@RestPath("id") UUID id) {
        UserId user = caller.userId();
        writes.inTransaction(tx -> {
            webhooks.delete(tx, user, id);
            return null;
        });
    }

    @POST
    @Path("/{id}/rotate-secret")
    @RolesAllowed("operator")
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Give a webhook another secret",
            description = "Until the overlap ends deliveries carry a signature by each of the two.")
    @APIResponse(
            responseCode = "200",
            description = "the webhook with its new secret",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public Response rotate(@RestPath("id") UUID id, @Valid Rotation body) {
        UserId user = caller.userId();
        Rotation rotation = Optional.ofNullable(body).orElse(Rotation.USUAL);
        return shown(writes.inTransaction(tx -> keys.once(
                tx.connection(),
                body,
                () -> Response.ok(webhooks.rotate(tx, user, id, rotation.overlap()))
                        .build())));
    }

    private Response created(Tx tx, UserId user, WebhookBody body) {
        WebhookView made = webhooks.create(tx, user, body);
        return Response.created(URI.create("/api/v1/webhooks/" + made.id()))
                .entity(made)
                .build();
    }

    /** After the answer was kept for its Idempotency-Key: a secret is never stored. */
    private Response shown(Response answer) {
        return answer.getEntity() instanceof WebhookView made
                ? Response.fromResponse(answer)
                        .entity(made.with(secrets.shown(made.id(), made.generation())))
                        .build()
                : answer;
    }
}
