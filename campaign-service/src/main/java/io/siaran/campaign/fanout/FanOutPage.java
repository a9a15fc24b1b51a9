package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.campaign.planning.Campaign;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.LeadId;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of one page of an audience.
 *
 * @param leads who is written to, or skipped
 * @param messages one for each lead that is not skipped
 * @param rejects leads of whose rows no message can be made
 * @param last where the next page begins after
 */
record FanOutPage(
        List<AudienceLead> leads, List<OutboxRecord> messages, List<AudienceRow.Unreadable> rejects, LeadId last) {

    /** A row that fails is put aside alone: nothing of the others depends on it. */
    static FanOutPage of(List<AudienceRow> rows, Campaign campaign) {
        FanOutPage page = new FanOutPage(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                rows.getLast().leadId());
        for (AudienceRow row : rows) {
            switch (row) {
                case AudienceLead lead -> page.take(lead, campaign);
                case AudienceRow.Unreadable unreadable -> page.rejects.add(unreadable);
            }
        }
        return page;
    }

    private void take(AudienceLead lead, Campaign campaign) {
        try {
            if (!lead.skipped()) {
                messages.add(CampaignMessage.to(lead, campaign));
            }
            leads.add(lead);
        } catch (RuntimeException impossible) {
            rejects.add(new AudienceRow.Unreadable(lead.leadId(), impossible.toString()));
        }
    }
}
