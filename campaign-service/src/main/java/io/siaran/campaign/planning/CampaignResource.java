package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.siaran.model.CampaignId;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.CheckMedia;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.MediaCheck;
import io.siaran.rest.MergePatch;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/campaigns}. */
@Path("/api/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "campaigns", description = "One text to many people at one time.")
class CampaignResource {

    private static final String CHANGE =
            "Until it is triggered everything may be changed. Afterwards another date or time plans the campaign anew, and"
                    + " what is unsent is cancelled; without that, text, image, delays, anti_spam and expiry may be changed: who"
                    + " has not been written to gets the new ones, under the next run, of which one plan has at most 20; whom"
                    + " it reaches may not (409).";

    private final Campaigns campaigns;
    private final Caller caller;
    private final IdempotencyKeys keys;
    private final CampaignWrites writes;
    private final MediaCheck media;

    CampaignResource(
            Campaigns campaigns, Caller caller, IdempotencyKeys keys, CampaignWrites writes, MediaCheck media) {
        this.campaigns = campaigns;
        this.caller = caller;
        this.keys = keys;
        this.writes = writes;
        this.media = media;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(operationId = "createCampaign", summary = "Plan a campaign; it is triggered at its time")
    @APIResponse(
            responseCode = "201",
            description = "planned",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> create(@BeanParam CheckMedia check, @NotNull @Valid CampaignTerms body) {
        UserId user = caller.userId();
        return media.beforeOnce(
                check,
                body,
                () -> campaigns.create(user, body).map(CampaignResource::created),
                create -> writes.committed(() -> keys.once(body, create)));
    }

    @POST
    @Path("/{id}/clone")
    @RolesAllowed("operator")
    @Operation(
            operationId = "cloneCampaign",
            summary = "Plan another campaign with the terms of this one",
            description =
                    "The body is a merge patch by RFC 7396 of what is to be different; {} for nothing. A date that"
                            + " has passed must be given anew.")
    @RequestBody(content = @Content(schema = @Schema(implementation = CampaignTerms.class)))
    @APIResponse(
            responseCode = "201",
            description = "planned",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> copy(@RestPath("id") CampaignId id, @NotNull MergePatch<CampaignTerms> body) {
        UserId user = caller.userId();
        return writes.committed(() ->
                keys.once(body, () -> campaigns.copy(user, id, body::applyTo).map(CampaignResource::created)));
    }

    @GET
    @WithSession
    @RolesAllowed("viewer")
    @Operation(
            operationId = "listCampaigns",
            summary = "List campaigns, newest first",
            description = "Those of a device are told by GET /analytics?group_by=campaign&device_id=…: a campaign names"
                    + " people, not devices.")
    public Uni<Page<CampaignView>> list(@BeanParam CampaignSearch search, @BeanParam PageRequest page) {
        return campaigns
                .list(caller.userId(), search, page)
                .map(found -> Page.of(found, page, Campaign::id, CampaignView::of));
    }

    @GET
    @Path("/{id}")
    @WithSession
    @RolesAllowed("viewer")
    @Operation(operationId = "getCampaign", summary = "Show a campaign")
    @APIResponse(
            responseCode = "200",
            description = "the campaign",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> get(@RestPath("id") CampaignId id) {
        return campaigns.get(caller.userId(), id).map(CampaignResource::shown);
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(operationId = "replaceCampaign", summary = "Change a campaign", description = CHANGE)
    @APIResponse(
            responseCode = "200",
            description = "changed",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> replace(
            @RestPath("id") CampaignId id, @BeanParam CheckMedia check, @NotNull @Valid CampaignTerms body) {
        UserId user = caller.userId();
        return media.before(
                check,
                body,
                () -> writes.committed(
                        () -> campaigns.replace(user, id, before -> body).map(CampaignResource::saved)));
    }

    @PATCH
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "patchCampaign",
            summary = "Change some fields of a campaign",
            description = "A merge patch by RFC 7396 of what PUT takes; null clears a field. " + CHANGE)
    @RequestBody(content = @Content(schema = @Schema(implementation = CampaignTerms.class)))
    @APIResponse(
            responseCode = "200",
            description = "changed",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> patch(
            @RestPath("id") CampaignId id, @BeanParam CheckMedia check, @NotNull MergePatch<CampaignTerms> body) {
        UserId user = caller.userId();
        return media.before(
                check,
                body,
                () -> writes.committed(
                        () -> campaigns.replace(user, id, body::applyTo).map(CampaignResource::saved)));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(operationId = "deleteCampaign", summary = "Remove a campaign: what is unsent is cancelled")
    @APIResponse(responseCode = "204", description = "removed")
    public Uni<Response> remove(@RestPath("id") CampaignId id) {
        UserId user = caller.userId();
        return writes.committed(() -> campaigns
                .change(user, id, Campaign::remove)
                .map(removed -> Response.noContent().build()));
    }

    private static Response created(SavedCampaign saved) {
        return Response.created(
                        URI.create("/api/v1/campaigns/" + saved.campaign().id()))
                .entity(CampaignView.of(saved))
                .build();
    }

    private static Response saved(SavedCampaign saved) {
        return Response.ok(CampaignView.of(saved)).build();
    }

    private static Response shown(Campaign campaign) {
        return Response.ok(CampaignView.of(campaign)).build();
    }
}
