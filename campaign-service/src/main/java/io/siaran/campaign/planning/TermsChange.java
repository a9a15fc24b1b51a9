package io.siaran.campaign.planning;

import java.util.Arrays;
import java.util.List;

/** What other terms mean for a campaign that has begun. Pure. */
enum TermsChange {
    /** Another date or time: it is planned anew. */
    TIME,
    /** Other people, which only a plan of another time can have. */
    AUDIENCE,
    /** Another text, pace or expiry: who has not been written to gets the new one. */
    MESSAGE,
    /** Something that no message carries. */
    OTHER;

    static TermsChange between(CampaignTerms before, CampaignTerms after) {
        if (!after.planned().equals(before.planned())) {
            return TIME;
        }
        if (!audience(before).equals(audience(after))) {
            return AUDIENCE;
        }
        return message(before).equals(message(after)) ? OTHER : MESSAGE;
    }

    /** Whom it reaches and when, and the series that it belongs to: what has begun keeps these. */
    private static List<Object> audience(CampaignTerms terms) {
        return Arrays.asList(
                terms.niche(),
                terms.targetStatus(),
                terms.segment(),
                terms.campaignDate(),
                terms.timeSchedule(),
                terms.timeZone(),
                terms.offlineDevices(),
                terms.duplicatePhones(),
                terms.repeat());
    }

    private static List<Object> message(CampaignTerms terms) {
        return Arrays.asList(
                terms.message(),
                terms.imageUrl(),
                terms.minDelaySeconds(),
                terms.maxDelaySeconds(),
                terms.antiSpam(),
                terms.checkNumbers(),
                terms.expireAfter());
    }
}
