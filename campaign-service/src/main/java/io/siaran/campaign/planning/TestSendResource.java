package io.siaran.campaign.planning;

import io.siaran.campaign.lead.Devices;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Writes;
import io.siaran.model.Attributes;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.Cause;
import io.siaran.model.Content;
import io.siaran.model.MessageId;
import io.siaran.model.Pace;
import io.siaran.model.PersonName;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Recipient;
import io.siaran.model.Schedule;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.AnswersOnce;
import io.siaran.rest.Caller;
import io.siaran.rest.PhoneField;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/campaigns/{id}/test}: one message that counts nowhere. */
@Path("/api/v1/campaigns/{id}/test")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "campaigns", description = "One text to many people at one time.")
class TestSendResource {

    /** Whoever tries a text out looks at it now. */
    private static final Duration WANTED = Duration.ofHours(1);

    private final PlannedCampaigns campaigns;
    private final Devices devices;
    private final Caller caller;
    private final AnswersOnce once;
    private final Writes writes;
    private final Outbox outbox;
    private final Clock clock;
    private final RandomGenerator random;
    private final String region;

    TestSendResource(
            PlannedCampaigns campaigns,
            Devices devices,
            Caller caller,
            AnswersOnce once,
            Writes writes,
            Outbox outbox,
            Clock clock,
            RandomGenerator random,
            @ConfigProperty(name = "siaran.lead.phone-region") String region) {
        this.campaigns = campaigns;
        this.devices = devices;
        this.caller = caller;
        this.once = once;
        this.writes = writes;
        this.outbox = outbox;
        this.clock = clock;
        this.random = random;
        this.region = region;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            operationId = "testCampaign",
            summary = "Send a campaign's text to one number now",
            description = "By the device's own pace and anti-spam, before everything that waits on it; it counts in no"
                    + " report. Who opted out is not written to.")
    @APIResponse(
            responseCode = "202",
            description = "on its way",
            content =
                    @org.eclipse.microprofile.openapi.annotations.media.Content(
                            schema = @Schema(implementation = TestMessage.class)))
    public Response send(@RestPath("id") CampaignId id, @NotNull @Valid TestSend body) {
        UserId user = caller.userId();
        return once.answer(body, () -> checked(user, id, body), writes::inTransaction, this::accepted);
    }

    private BroadcastMessage checked(UserId user, CampaignId id, TestSend body) {
        Campaign campaign = campaigns.ownedBy(user, id);
        PhoneNumber phone = PhoneField.parse("phone", body.phone(), region);
        devices.requireOwned(body.deviceId(), user);
        return message(campaign, body, phone, clock.instant());
    }

    private Response accepted(Tx tx, BroadcastMessage message) {
        outbox.append(
                tx,
                List.of(new OutboxRecord(
                        Topic.BROADCAST_MESSAGES, message.deviceId().toString(), message)));
        return Response.accepted(new TestMessage(message.id())).build();
    }

    private BroadcastMessage message(Campaign campaign, TestSend to, PhoneNumber phone, Instant now) {
        CampaignTerms terms = campaign.terms();
        return new BroadcastMessage(
                MessageId.random(now, random),
                campaign.userId(),
                to.deviceId(),
                new Cause.Test(campaign.id()),
                new Recipient(phone, PersonName.orNull(to.name()), Attributes.NONE, terms.checkNumbers()),
                Content.of(terms.message(), terms.imageUrl(), terms.niche(), terms.antiSpam()),
                Pace.OF_THE_DEVICE,
                new Schedule(terms.timeZone(), now, now.plus(WANTED)));
    }
}
