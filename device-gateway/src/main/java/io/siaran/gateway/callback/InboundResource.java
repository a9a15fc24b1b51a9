package io.siaran.gateway.callback;

import io.siaran.gateway.device.DeviceConfig;
import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.sql.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /inbound-messages} of the REST contract: what people answered. */
@Path("/api/v1/inbound-messages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inbound-messages", description = "What people wrote to the devices.")
@RunOnVirtualThread
class InboundResource {

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
}
