package io.siaran.campaign.planning;

import io.siaran.model.CampaignId;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/campaigns/preview} for a draft, {@code /api/v1/campaigns/{id}/preview} for one that is stored. */
@Path("/api/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "campaigns", description = "One text to many people at one time.")
class CampaignPreviewResource {

    private static final String WHAT =
            "Whom it would reach and leave out, why, on which devices, until when, and the first"
                    + " texts. The audience is the one that the fan-out reads. Nothing is stored or sent.";

    private final PreviewCampaign previews;
    private final PlannedCampaigns campaigns;
    private final Caller caller;
    private final JsonWebToken token;
    private final Clock clock;

    CampaignPreviewResource(
            PreviewCampaign previews, PlannedCampaigns campaigns, Caller caller, JsonWebToken token, Clock clock) {
        this.previews = previews;
        this.campaigns = campaigns;
        this.caller = caller;
        this.token = token;
        this.clock = clock;
    }

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @Path("/preview")
    @RolesAllowed("viewer")
    @Operation(
            operationId = "previewDraft",
            summary = "What a campaign would do that is not stored",
            description = WHAT)
    public CampaignPreview draft(@NotNull @Valid CampaignTerms body) {
        new CampaignCheck(body).requireLegal(null, clock.instant());
        return previews.preview(caller.userId(), body, null, token.getRawToken());
    }

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @Path("/{id}/preview")
    @RolesAllowed("viewer")
    @Operation(
            operationId = "previewCampaign",
            summary = "What a campaign would do if its time were now",
            description = WHAT)
    public CampaignPreview stored(@RestPath("id") CampaignId id) {
        UserId user = caller.userId();
        return previews.preview(user, campaigns.ownedBy(user, id).terms(), id, token.getRawToken());
    }
}
