package io.siaran.campaign.lead;

import io.siaran.campaign.Query;
import io.siaran.model.DeviceId;
import io.siaran.model.Tag;
import io.siaran.rest.Caller;
import io.siaran.rest.Reads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/leads/count}: what a device would leave behind; the gateway asks before it deletes one. */
@Path("/api/v1/leads/count")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "leads")
class LeadCountResource {

    private static final String COUNT = "SELECT count(*) AS leads FROM leads l WHERE NOT l.deleted AND l.user_id = ";

    private final Reads reads;
    private final Caller caller;

    LeadCountResource(Reads reads, Caller caller) {
        this.reads = reads;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(operationId = "countLeads", summary = "How many leads a device has")
    public LeadCount count(
            @NotNull @Parameter(description = "the device; it may be deleted by now") @RestQuery("device_id")
                    DeviceId device,
            @Parameter(description = "only leads with this niche: the whole tag, in any case") @RestQuery("niche")
                    String niche) {
        Query query = new Query(COUNT);
        query.and("?", caller.userId().value());
        query.and(" AND l.device_id = ?", device.value());
        query.and(" AND l.niche_tags @> ARRAY[?]::text[]", niche == null ? null : Tag.fold(niche));
        return new LeadCount(
                reads.run(query.sql(), query.arguments()).iterator().next().getLong("leads"));
    }

    @Schema(name = "LeadCount")
    record LeadCount(
            @Schema(description = "how many leads", example = "2000")
            long leads) {}
}
