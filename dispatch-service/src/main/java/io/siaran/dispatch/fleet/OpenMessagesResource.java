package io.siaran.dispatch.fleet;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.rest.Caller;
import io.siaran.rest.Reads;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/queue/open}: what whoever plans a campaign has before it, of all devices in one answer. */
@Path("/api/v1/queue/open")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "queue", description = "What waits on each device.")
@RunOnVirtualThread
class OpenMessagesResource {

    private static final String OPEN = Sql.load(OpenMessagesResource.class, "open-messages.sql");

    private final Reads reads;
    private final Caller caller;

    OpenMessagesResource(Reads reads, Caller caller) {
        this.reads = reads;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "countOpenMessages",
            summary = "Per device: how many messages are still to be sent",
            description = "Of every kind, whatever queued them; all devices in one answer.")
    public OpenMessages open(
            @Parameter(
                            description = "but those of this campaign, in all its runs",
                            example = "01936f2e-0000-7000-8000-0000000000c1")
                    @RestQuery("without_campaign")
                    CampaignId without) {
        var rows = reads.run(OPEN, caller.userId().value(), without == null ? null : without.value());
        return new OpenMessages(StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new OpenMessages.OnDevice(new DeviceId(row.getUUID("device_id")), row.getLong("messages")))
                .toList());
    }
}
