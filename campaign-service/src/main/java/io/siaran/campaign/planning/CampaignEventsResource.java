package io.siaran.campaign.planning;

import io.siaran.campaign.Query;
import io.siaran.model.CampaignId;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.sql.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/campaigns/{id}/events}. */
@Path("/api/v1/campaigns/{id}/events")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "campaigns", description = "One text to many people at one time.")
class CampaignEventsResource {

    private static final String EVENTS = "SELECT id, run, event, actor, at FROM campaign_events WHERE campaign_id = ";

    private final PlannedCampaigns campaigns;
    private final Database database;
    private final Caller caller;

    CampaignEventsResource(PlannedCampaigns campaigns, Database database, Caller caller) {
        this.campaigns = campaigns;
        this.database = database;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "listCampaignEvents",
            summary = "What was done with a campaign, by whom and when, the latest first")
    public Page<CampaignEventView> list(@RestPath("id") CampaignId id, @BeanParam PageRequest page) {
        UserId user = caller.userId();
        campaigns.ownedBy(user, id);
        Query query = new Query(EVENTS);
        query.and("?", id.value());
        query.and(" AND id < ?", page.after(Long::valueOf).orElse(null));
        query.and(" ORDER BY id DESC LIMIT ?", page.rowsToRead());
        List<CampaignEventView> found = StreamSupport.stream(
                        database.run(query.sql(), query.arguments()).spliterator(), false)
                .map(CampaignEventView::of)
                .toList();
        return Page.of(found, page, CampaignEventView::id, view -> view);
    }
}
