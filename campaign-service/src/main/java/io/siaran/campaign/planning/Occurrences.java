package io.siaran.campaign.planning;

import java.time.LocalDate;
import java.util.Optional;

/** The terms of the campaigns of a series. Pure. */
final class Occurrences {

    private Occurrences() {}

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
                next.day(),
                terms.timeSchedule(),
                terms.timeZone(),
                terms.minDelaySeconds(),
                terms.maxDelaySeconds(),
                terms.antiSpam(),
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
