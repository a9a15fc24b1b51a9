package io.siaran.gateway.history;

import io.siaran.model.DeviceId;
import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
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
import org.jboss.resteasy.reactive.RestPath;

/** {@code /devices/{id}/events} of the REST contract. */
@Path("/api/v1/devices/{id}/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices", description = "The numbers that send.")
@RunOnVirtualThread
class DeviceEventsResource {

    private static final String OWN = "SELECT 1 FROM devices WHERE id = $1 AND user_id = $2 AND NOT deleted";
    private static final String EVENTS = Sql.load(DeviceEventsResource.class, "device-events.sql");

    private final Database database;
    private final Caller caller;

    DeviceEventsResource(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "listDeviceEvents",
            summary = "List what became of a device, newest first",
            description = "Every change of its condition with since when and why. Events are kept for 90 days, of one"
                    + " device the last thousand.")
    public Page<DeviceEventView> list(@RestPath("id") DeviceId id, @BeanParam PageRequest page) {
        long before = page.after(Long::parseLong).orElse(Long.MAX_VALUE);
        boolean own = database.run(OWN, id.value(), caller.userId().value()).rowCount() > 0;
        if (!own) {
            throw Refusal.notFound("device", id);
        }
        List<DeviceEventView> events = new ArrayList<>();
        for (Row row : database.run(EVENTS, id.value(), before, page.rowsToRead())) {
            events.add(DeviceEventView.of(row));
        }
        return Page.of(events, page, DeviceEventView::id, event -> event);
    }
}
