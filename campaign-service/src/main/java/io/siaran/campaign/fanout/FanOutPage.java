package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.LeadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What becomes of one page of an audience.
 *
 * @param reached who is written to, with the message
 * @param leftOut who is not, and why
 * @param rejects leads of whose rows no message can be made
 * @param last where the next page begins after
 */
record FanOutPage(
        List<Reached> reached, List<AudienceRow.LeftOut> leftOut, List<AudienceRow.Unreadable> rejects, LeadId last) {

    record Reached(AudienceLead lead, OutboxRecord message) {}

    /** A row that fails is put aside alone: nothing of the others depends on it. */
    static FanOutPage of(ReadPage read, CampaignMessages messages) {
        FanOutPage page =
                new FanOutPage(new ArrayList<>(read.rows().size()), new ArrayList<>(), new ArrayList<>(), read.last());
        for (AudienceRow row : read.rows()) {
            switch (row) {
                case AudienceLead lead -> page.take(lead, messages);
                case AudienceRow.LeftOut leftOut -> page.leftOut.add(leftOut);
                case AudienceRow.Unreadable unreadable -> page.rejects.add(unreadable);
            }
        }
        return page;
    }

    /** @param twins leads whose person is written to through another one */
    FanOutPage without(Set<LeadId> twins) {
        if (twins.isEmpty()) {
            return this;
        }
        List<Reached> ours = new ArrayList<>(reached.size());
        List<AudienceRow.LeftOut> others = new ArrayList<>(leftOut);
        for (Reached each : reached) {
            AudienceLead lead = each.lead();
            if (twins.contains(lead.leadId())) {
                others.add(new AudienceRow.LeftOut(lead.leadId(), lead.deviceId(), Exclusion.DUPLICATE_PHONE));
            } else {
                ours.add(each);
            }
        }
        return new FanOutPage(ours, others, rejects, last);
    }

    /** Only these of whom it would reach; of the others nothing is counted, since a repetition counts nobody. */
    FanOutPage only(Predicate<AudienceLead> wanted) {
        return new FanOutPage(
                reached.stream().filter(each -> wanted.test(each.lead())).toList(), leftOut, rejects, last);
    }

    List<AudienceLead> leads() {
        return reached.stream().map(Reached::lead).toList();
    }

    List<OutboxRecord> messages() {
        return reached.stream().map(Reached::message).toList();
    }

    private void take(AudienceLead lead, CampaignMessages messages) {
        try {
            reached.add(new Reached(lead, messages.to(lead)));
        } catch (RuntimeException impossible) {
            rejects.add(new AudienceRow.Unreadable(lead.leadId(), impossible.toString()));
        }
    }
}
