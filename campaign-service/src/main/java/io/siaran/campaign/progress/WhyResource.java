package io.siaran.campaign.progress;

import io.siaran.campaign.planning.Audience;
import io.siaran.campaign.planning.Campaign;
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
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
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
@Tag(name = "leads", description = "The people who are written to.")
class WhyResource {

    private static final String OWN = "SELECT FROM leads WHERE user_id = $1 AND id = $2 AND NOT deleted";

    private static final String LEAD_IN_RUN = Sql.load(WhyResource.class, "lead-in-run.sql");

    private final PlannedCampaigns campaigns;
    private final Audience audience;
    private final Database database;
    private final Caller caller;
    private final StoredMessages messages;
    private final JsonWebToken token;

    WhyResource(
            PlannedCampaigns campaigns,
            Audience audience,
            Database database,
            Caller caller,
            StoredMessages messages,
            JsonWebToken token) {
        this.campaigns = campaigns;
        this.audience = audience;
        this.database = database;
        this.caller = caller;
        this.messages = messages;
        this.token = token;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "whyLead",
            summary = "Why a lead gets a campaign, a message or a sequence, or does not",
            description =
                    "Of a sequence the answer is at GET /sequences/{id}/why, of a message at GET /messages/{id}: to these"
                            + " this one leads.")
    @APIResponseSchema(value = Why.class, responseDescription = "what becomes of the lead in the campaign")
    @APIResponse(responseCode = "307", description = "where it is said of the sequence, or of the message")
    public Response why(
            @RestPath("id") LeadId id,
            @Parameter(description = "the campaign that is asked about; it, the sequence or the message")
                    @RestQuery("campaign_id")
                    CampaignId campaignId,
            @Parameter(description = "the sequence that is asked about") @RestQuery("sequence_id")
                    SequenceId sequenceId,
            @Parameter(description = "the message that is asked about") @RestQuery("message_id") MessageId messageId) {
        if (Stream.of(campaignId, sequenceId, messageId)
                        .filter(Objects::nonNull)
                        .count()
                != 1) {
            // A lead that is not the caller's is not there, whatever else is wrong.
            requireOwn(id);
            throw Refusal.invalid(
                    "campaign_id", "one of campaign_id, sequence_id and message_id is given", ViolationCode.REQUIRED);
        }
        if (messageId != null) {
            return saidAt("/api/v1/messages/" + messageId);
        }
        return sequenceId == null
                ? Response.ok(why(id, campaignId)).build()
                : saidAt("/api/v1/sequences/" + sequenceId + "/why?lead_id=" + id);
    }

    private void requireOwn(LeadId lead) {
        if (database.run(OWN, caller.userId().value(), lead.value()).rowCount() == 0) {
            throw Refusal.notFound("lead", lead);
        }
    }

    /** As it stands, without a host: that of the caller is not known here. */
    private static Response saidAt(String path) {
        return Response.status(Response.Status.TEMPORARY_REDIRECT)
                .header(HttpHeaders.LOCATION, path)
                .build();
    }

    private Why why(LeadId id, CampaignId campaignId) {
        UserId user = caller.userId();
        Campaign campaign = campaigns.ownedBy(user, campaignId);
        LeadInRun lead = inRun(user, id, campaign);
        Why now = audience.of(campaign, id, lead.began()).map(lead::judged).orElseGet(lead::outside);
        return lead.unlessWrittenTo(now, message -> messages.has(message, token.getRawToken()));
    }

    private LeadInRun inRun(UserId user, LeadId lead, Campaign campaign) {
        for (Row row : database.run(
                LEAD_IN_RUN,
                user.value(),
                lead.value(),
                campaign.id().value(),
                campaign.run(),
                campaign.plannedRun(),
                io.siaran.model.Tag.fold(campaign.terms().niche()))) {
            return new LeadInRun(campaign, lead, row);
        }
        throw Refusal.notFound("lead", lead);
    }
}
