package io.siaran.campaign.planning;

import io.siaran.model.CampaignId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What an operator does with a campaign besides editing it: {@code /api/v1/campaigns/{id}/trigger} and the like. */
@Path("/api/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "campaigns", description = "One text to many people at one time.")
class CampaignMovesResource {

    private final Campaigns campaigns;
    private final Caller caller;
    private final IdempotencyKeys keys;
    private final CampaignWrites writes;
    private final Clock clock;

    CampaignMovesResource(
            Campaigns campaigns, Caller caller, IdempotencyKeys keys, CampaignWrites writes, Clock clock) {
        this.campaigns = campaigns;
        this.caller = caller;
        this.keys = keys;
        this.writes = writes;
        this.clock = clock;
    }

    @POST
    @Path("/{id}/trigger")
    @RolesAllowed("operator")
    @Operation(operationId = "triggerCampaign", summary = "Send a scheduled campaign now; its time becomes this moment")
    @APIResponse(
            responseCode = "200",
            description = "the campaign as it is now",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> trigger(@RestPath("id") CampaignId id) {
        return move(id, campaign -> campaign.triggerByHand(clock.instant()));
    }

    @POST
    @Path("/{id}/pause")
    @RolesAllowed("operator")
    @Operation(operationId = "pauseCampaign", summary = "Hold a campaign: what is queued waits")
    @APIResponse(
            responseCode = "200",
            description = "the campaign as it is now",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> pause(@RestPath("id") CampaignId id) {
        return move(id, Campaign::pause);
    }

    @POST
    @Path("/{id}/resume")
    @RolesAllowed("operator")
    @Operation(operationId = "resumeCampaign", summary = "Let a paused campaign go on")
    @APIResponse(
            responseCode = "200",
            description = "the campaign as it is now",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> resume(@RestPath("id") CampaignId id) {
        return move(id, campaign -> campaign.resume(clock.instant()));
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed("operator")
    @Operation(
            operationId = "cancelCampaign",
            summary = "Give a campaign up: what is unsent is cancelled",
            description =
                    "One that is completed or has failed only while messages of it that are tried again are unsent.")
    @APIResponse(
            responseCode = "200",
            description = "the campaign as it is now",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> cancel(@RestPath("id") CampaignId id) {
        return answered(() -> campaigns.cancel(caller.userId(), id));
    }

    @POST
    @Path("/{id}/archive")
    @RolesAllowed("operator")
    @Operation(
            operationId = "archiveCampaign",
            summary = "Take a campaign that is over out of the lists",
            description = "It is listed with archived=true only; its report stays.")
    @APIResponse(
            responseCode = "200",
            description = "the campaign as it is now",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> archive(@RestPath("id") CampaignId id) {
        return move(id, campaign -> campaign.archive(clock.instant()));
    }

    @POST
    @Path("/{id}/unarchive")
    @RolesAllowed("operator")
    @Operation(operationId = "unarchiveCampaign", summary = "Bring an archived campaign back into the lists")
    @APIResponse(
            responseCode = "200",
            description = "the campaign as it is now",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<Response> unarchive(@RestPath("id") CampaignId id) {
        return move(id, Campaign::unarchive);
    }

    private Uni<Response> move(CampaignId id, Consumer<Campaign> move) {
        return answered(() -> campaigns.change(caller.userId(), id, move));
    }

    private Uni<Response> answered(Supplier<Uni<Campaign>> moved) {
        return writes.committed(() -> keys.once(null, () -> moved.get().map(CampaignMovesResource::shown)));
    }

    private static Response shown(Campaign campaign) {
        return Response.ok(CampaignView.of(campaign)).build();
    }
}
