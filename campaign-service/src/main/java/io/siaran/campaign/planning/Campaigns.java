package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.siaran.model.CampaignId;
import io.siaran.model.UserId;
import io.siaran.rest.EntityTags;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a user does with campaigns. Every method runs in the session, and every change in the transaction, of its caller. */
@ApplicationScoped
class Campaigns {

    private static final String UNSENT = "SELECT EXISTS (SELECT FROM run_progress s"
            + " WHERE s.campaign_id = ?1 AND s.run = ?2 AND s.pending + s.processing > 0)";

    private final CampaignMoves moves;
    private final Clock clock;
    private final EntityTags tags;

    Campaigns(CampaignMoves moves, Clock clock, EntityTags tags) {
        this.moves = moves;
        this.clock = clock;
        this.tags = tags;
    }

    Uni<SavedCampaign> create(UserId user, CampaignTerms terms) {
        Instant now = clock.instant();
        new CampaignCheck(terms).requireLegal(null, now);
        return moves.create(user, terms, now).chain(saved -> warned(saved, now));
    }

    /**
     * Another campaign with the terms of this one, which may be of any status.
     *
     * @param change what is to be different; its date, where that of the first has passed
     */
    Uni<SavedCampaign> copy(UserId user, CampaignId id, UnaryOperator<CampaignTerms> change) {
        return get(user, id).chain(original -> create(user, change.apply(original.terms)));
    }

    /** Fails with a 404 for one that is not this user's. */
    Uni<Campaign> get(UserId user, CampaignId id) {
        return found(owned(user, id), id);
    }

    /** Newest first. */
    Uni<List<Campaign>> list(UserId user, CampaignSearch search, PageRequest page) {
        CampaignSearch.Filter filter = search.filter(user, page);
        return Campaign.<Campaign>find(filter.hql().toString(), filter.parameters())
                .page(0, page.rowsToRead())
                .list();
    }

    /** Moves one campaign of the user under its lock. */
    Uni<Campaign> change(UserId user, CampaignId id, Consumer<Campaign> move) {
        return forUpdate(user, id).call(campaign -> moves.move(campaign, user.value(), move));
    }

    /** Gives one campaign of the user up; one that has ended only while messages of it, which somebody had tried again, are unsent. */
    Uni<Campaign> cancel(UserId user, CampaignId id) {
        return forUpdate(user, id)
                .call(campaign -> campaign.status().hasEnded()
                        ? requireUnsent(campaign)
                        : Uni.createFrom().voidItem())
                .call(campaign -> moves.move(campaign, user.value(), Campaign::cancel));
    }

    private static Uni<Void> requireUnsent(Campaign campaign) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(UNSENT, Boolean.class)
                        .setParameter(1, campaign.id)
                        .setParameter(2, campaign.run())
                        .getSingleResult())
                .invoke(unsent -> {
                    if (!unsent) {
                        throw Refusal.conflict("a campaign that is "
                                + campaign.status().wire()
                                + " can be cancelled only while messages of it are tried again;"
                                + " those count some seconds after their retry");
                    }
                })
                .replaceWithVoid();
    }

    /** Gives one campaign of the user other terms; nothing happens when they are the same. */
    Uni<SavedCampaign> replace(UserId user, CampaignId id, UnaryOperator<CampaignTerms> change) {
        Instant now = clock.instant();
        return forUpdate(user, id)
                .call(campaign -> replan(campaign, user, change.apply(campaign.terms), now))
                .chain(campaign -> warned(campaign, now));
    }

    /** Locked, and the one that the caller's {@code If-Match} means. */
    private Uni<Campaign> forUpdate(UserId user, CampaignId id) {
        return found(owned(user, id).withLock(LockModeType.PESSIMISTIC_WRITE), id)
                .invoke(campaign -> tags.check(campaign.version));
    }

    private static PanacheQuery<Campaign> owned(UserId user, CampaignId id) {
        return Campaign.find("id = ?1 and userId = ?2 and not deleted", id.value(), user.value());
    }

    private static Uni<Campaign> found(PanacheQuery<Campaign> query, CampaignId id) {
        return query.firstResult().onItem().ifNull().failWith(() -> Refusal.notFound("campaign", id));
    }

    private Uni<Void> replan(Campaign campaign, UserId user, CampaignTerms terms, Instant now) {
        if (terms.equals(campaign.terms)) {
            return Uni.createFrom().voidItem();
        }
        new CampaignCheck(terms).requireLegal(campaign.terms, now);
        return moves.move(campaign, user.value(), moved -> moved.replan(terms, now));
    }

    private static Uni<SavedCampaign> warned(Campaign campaign, Instant now) {
        return CampaignWarnings.of(campaign, now).map(warnings -> new SavedCampaign(campaign, warnings));
    }
}
