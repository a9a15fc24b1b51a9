package io.siaran.campaign.progress;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.DuplicatePhones;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Predicate;

/**
 * A lead, and how far the latest run of a campaign came with it.
 *
 * @param row of {@code lead-in-run.sql}
 */
record LeadInRun(Campaign campaign, LeadId id, Row row) {

    /** When the run began; null where it has not. */
    Instant began() {
        OffsetDateTime began = row.getOffsetDateTime("started_at");
        return began == null ? null : began.toInstant();
    }

    /** @param audience what the campaign's audience says of the lead */
    Why judged(AudienceRow audience) {
        return switch (audience) {
            case AudienceRow.LeftOut out -> leftOut(out.reason().wire());
            case AudienceRow.Unreadable _ -> leftOut("unreadable");
            case AudienceLead _ -> wanted();
        };
    }

    /** Where the audience does not know it. */
    Why outside() {
        return leftOut(row.getBoolean("has_niche") ? "outside_segment" : "no_such_niche");
    }

    /**
     * What became of a lead since takes no message back: opted out, moved, or on a device that is gone, it was written to.
     *
     * @param now what is said of the lead as it is now
     * @param stored whether there is this message
     */
    Why unlessWrittenTo(Why now, Predicate<MessageId> stored) {
        boolean isDenied = now.verdict() == Why.Verdict.LEFT_OUT && now.messageId() == null;
        boolean isThere = isDenied && row.getBoolean("begun") && (isNoted() || stored.test(message()));
        return isThere ? withMessage() : now;
    }

    /**
     * Whether this very run noted the lead, and its page was acknowledged: its message is there, though it may not be stored
     * yet. Of a later run of the plan, or some time after the end, the note says nothing.
     */
    private boolean isNoted() {
        return campaign.run() == campaign.plannedRun()
                && row.getBoolean("passed")
                && !row.getBoolean("put_aside")
                && id.equals(LeadId.orNull(row.getUUID("through")));
    }

    /** Nothing but the run itself may still stand in the way. */
    private Why wanted() {
        LeadId through = LeadId.orNull(row.getUUID("through"));
        if (!row.getBoolean("begun")) {
            return isGivenUp() ? leftOut("campaign_over") : will();
        }
        if (row.getBoolean("came_after")) {
            return leftOut("created_after");
        }
        if (row.getBoolean("put_aside")) {
            return leftOut("unreadable");
        }
        if (row.getBoolean("taken_back")) {
            return takenBack(through);
        }
        if (through != null && !through.equals(id)) {
            return why(Why.Verdict.LEFT_OUT, Exclusion.DUPLICATE_PHONE.wire(), null, through);
        }
        if (!row.getBoolean("passed")) {
            return row.getBoolean("ended") ? afterTheEnd() : will();
        }
        return missedIt(through) ? leftOut("changed_after") : writtenTo();
    }

    private Why withMessage() {
        return row.getBoolean("taken_back") ? takenBack(LeadId.orNull(row.getUUID("through"))) : writtenTo();
    }

    /** There is a message, which is cancelled. */
    private Why takenBack(LeadId through) {
        return why(Why.Verdict.LEFT_OUT, "taken_back", message(), id.equals(through) ? null : through);
    }

    private Why afterTheEnd() {
        return leftOut(isGivenUp() ? "campaign_over" : "changed_after");
    }

    /** Everybody who is written to once is noted while the run goes on: who is not, was no candidate then. */
    private boolean missedIt(LeadId through) {
        return campaign.terms().duplicatePhones() == DuplicatePhones.ONCE
                && through == null
                && campaign.status() == CampaignStatus.TRIGGERED;
    }

    private boolean isGivenUp() {
        return campaign.status() == CampaignStatus.CANCELLED || campaign.status() == CampaignStatus.FAILED;
    }

    private MessageId message() {
        return MessageId.ofCampaign(campaign.scheduledAt(), campaign.id(), campaign.run(), id);
    }

    private Why writtenTo() {
        return why(Why.Verdict.WRITTEN_TO, null, message(), null);
    }

    private Why will() {
        return why(Why.Verdict.WILL_BE_WRITTEN_TO, null, null, null);
    }

    private Why leftOut(String reason) {
        return why(Why.Verdict.LEFT_OUT, reason, null, null);
    }

    private Why why(Why.Verdict verdict, String reason, MessageId message, LeadId through) {
        return new Why(id, campaign.id(), campaign.run(), verdict, reason, message, through);
    }
}
