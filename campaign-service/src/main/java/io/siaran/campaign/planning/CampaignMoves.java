package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.kafka.Deeds;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.SessionOutbox;
import io.siaran.model.CampaignId;
import io.siaran.model.Deed;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Makes and moves campaigns, in the session and the transaction of the caller, which notes who did it, tells the audit, announces the plan
 * and plans the next occurrence.
 */
@ApplicationScoped
class CampaignMoves {

    /** The clock, and what messages tell. */
    static final String NOBODY = "";

    private static final String NOTE = "INSERT INTO campaign_events (campaign_id, run, event, actor)"
            + " VALUES (CAST(?1 AS uuid), CAST(?2 AS integer), CAST(?3 AS text), nullif(CAST(?4 AS text), ''))";

    private final Deeds deeds;
    private final Clock clock;
    private final RandomGenerator random;

    CampaignMoves(Deeds deeds, Clock clock, RandomGenerator random) {
        this.deeds = deeds;
        this.clock = clock;
        this.random = random;
    }

    Uni<Campaign> create(UserId user, CampaignTerms terms, Instant now) {
        return add(new Campaign(newId(now), user, terms, now), user.value());
    }

    /** @param actor whose token it was; {@link #NOBODY} for the clock and for what messages tell */
    Uni<Void> move(Campaign campaign, String actor, Consumer<Campaign> move) {
        CampaignEvent.State before = CampaignEvent.State.of(campaign);
        AuditedCampaign was = AuditedCampaign.of(campaign);
        move.accept(campaign);
        Instant now = clock.instant();
        campaign.updatedAt = now.truncatedTo(ChronoUnit.MICROS);
        CampaignEvent done = CampaignEvent.between(before, CampaignEvent.State.of(campaign));
        return planNext(campaign, now)
                .chain(() -> announce(campaign))
                .chain(() -> note(campaign, done, actor, was, campaign.deleted ? null : AuditedCampaign.of(campaign)));
    }

    /** The flush first: it gives the changed campaign the version that its plan carries. */
    static Uni<Void> announce(Campaign campaign) {
        return Panache.getSession()
                .chain(session -> session.flush().chain(() -> SessionOutbox.append(session, plan(campaign))));
    }

    /** In the transaction in which an occurrence's time has come, so that there is one next of it. */
    private Uni<Void> planNext(Campaign campaign, Instant now) {
        return Occurrences.next(campaign, newId(now), now)
                .map(next -> add(next, NOBODY).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Campaign> add(Campaign campaign, String actor) {
        return campaign.<Campaign>persist()
                .call(CampaignMoves::announce)
                .call(saved -> note(saved, CampaignEvent.CREATED, actor, null, AuditedCampaign.of(saved)));
    }

    private CampaignId newId(Instant now) {
        return new CampaignId(TimeOrderedId.v7(now, random));
    }

    private Uni<Void> note(
            Campaign campaign, CampaignEvent event, String actor, AuditedCampaign before, AuditedCampaign after) {
        Uni<Void> noted = note(campaign, event, actor);
        return actor.equals(NOBODY)
                ? noted
                : noted.chain(() -> deeds.tell(
                        new UserId(actor),
                        WireEnum.read(Deed.class, event.wire()),
                        new Deeds.Subject("campaign", campaign.id),
                        before,
                        after));
    }

    private static Uni<Void> note(Campaign campaign, CampaignEvent event, String actor) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(NOTE)
                        .setParameter(1, campaign.id)
                        .setParameter(2, campaign.run())
                        .setParameter(3, event.wire())
                        .setParameter(4, actor)
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static OutboxRecord plan(Campaign campaign) {
        return new OutboxRecord(Topic.PLANS, campaign.id().toString(), campaign.plan());
    }
}
