package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.rest.Warning;
import io.siaran.rest.WarningCode;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** What an operator should know of a campaign that was saved, though it is legal. */
final class CampaignWarnings {

    private static final String HAS_AUDIENCE = Sql.load(CampaignWarnings.class, "has-audience.sql");

    private CampaignWarnings() {}

    /** In the session of the caller. The audience is looked at as it is now; leads may still come. */
    static Uni<List<Warning>> of(Campaign campaign, Instant now) {
        List<Warning> warnings = new ArrayList<>(new CampaignCheck(campaign.terms).ofText());
        if (!campaign.life.status.isOver()) {
            hoursThatNeverCome(campaign).ifPresent(warnings::add);
        }
        if (campaign.life.hasBegun() || campaign.life.status.isOver()) {
            return Uni.createFrom().item(warnings);
        }
        if (campaign.scheduledAt.isBefore(now)) {
            warnings.add(new Warning(WarningCode.DATE_IN_PAST, "time_schedule", inThePast(campaign.terms)));
        }
        return Panache.getSession()
                .chain(session -> hasAudience(session, campaign))
                .map(reachesSomebody -> {
                    if (!reachesSomebody) {
                        warnings.add(new Warning(
                                WarningCode.EMPTY_AUDIENCE,
                                "niche",
                                "no lead has this niche and target_status, is of the segment and may be written to"));
                    }
                    return warnings;
                });
    }

    /** From its time on: what is late has less time, and what is early waits for it. */
    private static Optional<Warning> hoursThatNeverCome(Campaign campaign) {
        CampaignTerms terms = campaign.terms;
        Instant expiry = terms.expireAfter().of(campaign.scheduledAt);
        return SendHours.of(terms)
                .filter(hours -> !hours.comeFrom(campaign.scheduledAt, expiry))
                .map(
                        _ -> new Warning(
                                WarningCode.NEVER_IN_HOURS,
                                terms.weekdays() == null ? "expire_after" : "weekdays",
                                "no hour in which this campaign is sent comes before its messages expire, so nothing of it is sent"));
    }

    private static String inThePast(CampaignTerms terms) {
        return switch (terms.latePolicy()) {
            case SEND -> "this time has passed already: the campaign is sent at once";
            case FAIL -> "this time has passed already: the campaign fails if that is more than 10 minutes ago";
        };
    }

    private static Uni<Boolean> hasAudience(Mutiny.Session session, Campaign campaign) {
        Segment segment = campaign.terms.segment();
        return session.createNativeQuery(HAS_AUDIENCE, Boolean.class)
                .setParameter(1, campaign.userId)
                .setParameter(2, campaign.nicheTag)
                .setParameter(3, campaign.terms.targetStatus().wire())
                .setParameter(4, segment == null ? "" : segment.filter())
                .getSingleResult();
    }
}
