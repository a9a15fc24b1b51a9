package io.siaran.campaign.planning;

import io.siaran.model.CampaignId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** The campaigns of a series, and their terms. Pure. */
final class Occurrences {

    private Occurrences() {}

    /** The campaign that follows one whose time has come; empty where there is none, and where it was asked before. */
    static Optional<Campaign> next(Campaign campaign, CampaignId id, Instant now) {
        boolean hasCome = campaign.life.isPastPlanning();
        if (campaign.repeated || !hasCome) {
            return Optional.empty();
        }
        LocalDate today = now.atZone(campaign.terms.timeZone()).toLocalDate();
        Optional<CampaignTerms> following = after(campaign.terms, today);
        campaign.repeated = following.isPresent();
        return following.map(terms -> {
            Campaign next = new Campaign(id, campaign.userId(), terms, now);
            next.repeatOf = campaign.repeatOf == null ? campaign.id : campaign.repeatOf;
            return next;
        });
    }

    /** The first one after these that is not before that day; empty where there is none, or they go once. */
    static Optional<CampaignTerms> after(CampaignTerms terms, LocalDate earliest) {
        if (terms.repeat() == null) {
            return Optional.empty();
        }
        Optional<Recurrence.Occurrence> next = Recurrence.of(terms.repeat()).after(terms.campaignDate());
        while (next.isPresent() && next.get().day().isBefore(earliest)) {
            next = next.get().rule().after(next.get().day());
        }
        return next.map(occurrence -> on(terms, occurrence));
    }

    /** The same on another day, with what is left of the rule. */
    private static CampaignTerms on(CampaignTerms terms, Recurrence.Occurrence next) {
        return new CampaignTerms(
                terms.title(),
                terms.message(),
                terms.imageUrl(),
                terms.niche(),
                terms.targetStatus(),
                terms.segment(),
                next.day(),
                terms.timeSchedule(),
                terms.timeZone(),
                terms.minDelaySeconds(),
                terms.maxDelaySeconds(),
                terms.antiSpam(),
                terms.checkNumbers(),
                terms.offlineDevices(),
                terms.duplicatePhones(),
                terms.latePolicy(),
                terms.sendFrom(),
                terms.sendUntil(),
                terms.weekdays(),
                terms.expireAfter(),
                next.rule().text());
    }
}
