package io.siaran.campaign.progress;

import io.siaran.campaign.planning.Audience;
import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.DuplicatePhones;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.campaign.planning.PlannedCampaigns;
import io.siaran.model.CampaignId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.Refusal;
import io.siaran.rest.ViolationCode;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/leads/{id}/why}. */
@Path("/api/v1/leads/{id}/why")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "leads")
class WhyResource {

    private static final String OWN = "SELECT FROM leads WHERE user_id = $1 AND id = $2 AND NOT deleted";

    private static final String LEAD_IN_RUN = Sql.load(WhyResource.class, "lead-in-run.sql");

    private final PlannedCampaigns campaigns;
    private final Audience audience;
    private final Database database;
    private final Caller caller;

    WhyResource(PlannedCampaigns campaigns, Audience audience, Database database, Caller caller) {
        this.campaigns = campaigns;
        this.audience = audience;
        this.database = database;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "whyLead",
            summary = "Why a lead gets a campaign, or does not; why it is in a sequence, or is not",
            description = "Of a sequence the answer is at GET /sequences/{id}/why, to which this one leads.")
    @APIResponseSchema(value = Why.class, responseDescription = "what becomes of the lead in the campaign")
    @APIResponse(responseCode = "307", description = "where it is said of the sequence")
    public Response why(
            @RestPath("id") LeadId id,
            @Parameter(description = "the campaign that is asked about; it, or the sequence") @RestQuery("campaign_id")
                    CampaignId campaignId,
            @Parameter(description = "the sequence that is asked about") @RestQuery("sequence_id")
                    SequenceId sequenceId) {
        if ((campaignId == null) == (sequenceId == null)) {
            // A lead that is not the caller's is not there, whatever else is wrong.
            requireOwn(id);
            throw Refusal.invalid("campaign_id", "either campaign_id or sequence_id is given", ViolationCode.REQUIRED);
        }
        return campaignId == null
                ? saidOf(sequenceId, id)
                : Response.ok(why(id, campaignId)).build();
    }

    private void requireOwn(LeadId lead) {
        if (database.run(OWN, caller.userId().value(), lead.value()).rowCount() == 0) {
            throw Refusal.notFound("lead", lead);
        }
    }

    /** As it stands, without a host: that of the caller is not known here. */
    private static Response saidOf(SequenceId sequence, LeadId lead) {
        return Response.status(Response.Status.TEMPORARY_REDIRECT)
                .header(HttpHeaders.LOCATION, "/api/v1/sequences/" + sequence + "/why?lead_id=" + lead)
                .build();
    }

    private Why why(LeadId id, CampaignId campaignId) {
        UserId user = caller.userId();
        Campaign campaign = campaigns.ownedBy(user, campaignId);
        Row lead = inRun(user, id, campaign);
        OffsetDateTime began = lead.getOffsetDateTime("started_at");
        return audience.of(campaign, id, began == null ? null : began.toInstant())
                .map(row -> judged(campaign, id, lead, row))
                .orElseGet(() ->
                        leftOut(campaign, id, lead.getBoolean("has_niche") ? "outside_segment" : "no_such_niche"));
    }

    private Row inRun(UserId user, LeadId lead, Campaign campaign) {
        for (Row row : database.run(
                LEAD_IN_RUN,
                user.value(),
                lead.value(),
                campaign.id().value(),
                campaign.run(),
                campaign.plannedRun(),
                io.siaran.model.Tag.fold(campaign.terms().niche()))) {
            return row;
        }
        throw Refusal.notFound("lead", lead);
    }

    private static Why judged(Campaign campaign, LeadId id, Row lead, AudienceRow row) {
        return switch (row) {
            case AudienceRow.LeftOut out -> leftOut(campaign, id, out.reason().wire());
            case AudienceRow.Unreadable _ -> leftOut(campaign, id, "unreadable");
            case AudienceLead _ -> wanted(campaign, id, lead);
        };
    }

    /** Nothing but the run itself may still stand in the way. */
    private static Why wanted(Campaign campaign, LeadId id, Row lead) {
        LeadId through = LeadId.orNull(lead.getUUID("through"));
        if (!lead.getBoolean("begun")) {
            return isGivenUp(campaign) ? leftOut(campaign, id, "campaign_over") : will(campaign, id);
        }
        if (lead.getBoolean("came_after")) {
            return leftOut(campaign, id, "created_after");
        }
        if (lead.getBoolean("put_aside")) {
            return leftOut(campaign, id, "unreadable");
        }
        if (lead.getBoolean("taken_back")) {
            return takenBack(campaign, id, through);
        }
        if (through != null && !through.equals(id)) {
            return new Why(
                    id,
                    campaign.id(),
                    campaign.run(),
                    Why.Verdict.LEFT_OUT,
                    Exclusion.DUPLICATE_PHONE.wire(),
                    null,
                    through);
        }
        if (!lead.getBoolean("passed")) {
            return lead.getBoolean("ended") ? afterTheEnd(campaign, id) : will(campaign, id);
        }
        return missedIt(campaign, through) ? leftOut(campaign, id, "changed_after") : written(campaign, id);
    }

    /** There is a message, which is cancelled. */
    private static Why takenBack(Campaign campaign, LeadId id, LeadId through) {
        LeadId other = id.equals(through) ? null : through;
        return new Why(
                id, campaign.id(), campaign.run(), Why.Verdict.LEFT_OUT, "taken_back", messageOf(campaign, id), other);
    }

    private static Why afterTheEnd(Campaign campaign, LeadId id) {
        return leftOut(campaign, id, isGivenUp(campaign) ? "campaign_over" : "changed_after");
    }

    /** Everybody who is written to once is noted while the run goes on: who is not, was no candidate then. */
    private static boolean missedIt(Campaign campaign, LeadId through) {
        return campaign.terms().duplicatePhones() == DuplicatePhones.ONCE
                && through == null
                && campaign.status() == CampaignStatus.TRIGGERED;
    }

    private static boolean isGivenUp(Campaign campaign) {
        return campaign.status() == CampaignStatus.CANCELLED || campaign.status() == CampaignStatus.FAILED;
    }

    private static Why written(Campaign campaign, LeadId id) {
        return new Why(id, campaign.id(), campaign.run(), Why.Verdict.WRITTEN_TO, null, messageOf(campaign, id), null);
    }

    private static MessageId messageOf(Campaign campaign, LeadId id) {
        return MessageId.ofCampaign(campaign.scheduledAt(), campaign.id(), campaign.run(), id);
    }

    private static Why will(Campaign campaign, LeadId id) {
        return new Why(id, campaign.id(), campaign.run(), Why.Verdict.WILL_BE_WRITTEN_TO, null, null, null);
    }

    private static Why leftOut(Campaign campaign, LeadId id, String reason) {
        return new Why(id, campaign.id(), campaign.run(), Why.Verdict.LEFT_OUT, reason, null, null);
    }
}
