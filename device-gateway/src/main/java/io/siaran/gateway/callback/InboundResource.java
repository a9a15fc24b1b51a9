package io.siaran.gateway.callback;

import io.siaran.gateway.device.DeviceConfig;
import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /inbound-messages} of the REST contract: what people answered. */
@Path("/api/v1/inbound-messages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inbound-messages", description = "What people wrote to the devices.")
@RunOnVirtualThread
class InboundResource {

    /** A mark of before stays. */
    private static final String HANDLE =
            "UPDATE inbound_messages SET handled_at = coalesce(handled_at, clock_timestamp())"
                    + " WHERE user_id = $1 AND id = $2 RETURNING " + InboundView.COLUMNS;

    private final Database database;
    private final DeviceConfig config;
    private final Caller caller;

    InboundResource(Database database, DeviceConfig config, Caller caller) {
        this.database = database;
        this.config = config;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "listInboundMessages",
            summary = "List what people wrote, newest first",
            description = "Messages of groups and the device's own are not among it. Replies are kept for half a year.")
    public Page<InboundView> list(@BeanParam InboundFilters filters, @BeanParam PageRequest page) {
        InboundFilters.Query query = filters.of(caller.userId(), page, config.defaultRegion());
        List<InboundView> replies = new ArrayList<>();
        for (Row row : database.run(query.sql(), query.arguments())) {
            replies.add(InboundView.of(row));
        }
        return Page.of(replies, page, InboundView::id, reply -> reply);
    }

    @POST
    @Path("{id}/handled")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("operator")
    @Operation(
            operationId = "handleInboundMessage",
            summary = "Say that nothing is left to be done about what somebody wrote",
            description =
                    "For a wish to stop whose sender WhatsApp hides: once the person is suppressed by hand, or cannot be"
                            + " found, it is in hidden_stop and its alert no more. Told again it changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "handled",
            content = @Content(schema = @Schema(implementation = InboundView.class)))
    public InboundView handled(@RestPath("id") UUID id) {
        for (Row row : database.run(HANDLE, caller.userId().value(), id)) {
            return InboundView.of(row);
        }
        throw Refusal.notFound("inbound message", id);
    }
}
