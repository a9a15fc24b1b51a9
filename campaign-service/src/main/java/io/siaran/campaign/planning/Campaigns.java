package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.SessionOutbox;
import io.siaran.model.CampaignId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.EntityTags;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The table of campaigns. Every method runs in the session, and every change in the transaction, of its caller; a change
 * is announced by the same transaction.
 */
@ApplicationScoped
public class Campaigns {

    private static final String NOTE = "INSERT INTO campaign_events (campaign_id, run, event, actor)"
            + " VALUES (CAST(?1 AS uuid), CAST(?2 AS integer), CAST(?3 AS text), nullif(CAST(?4 AS text), ''))";
    private static final String NOBODY = "";

    private static final String DUE = Sql.load(Campaigns.class, "due-campaigns.sql");

    private final Clock clock;
    private final RandomGenerator random;
    private final EntityTags tags;

    Campaigns(Clock clock, RandomGenerator random, EntityTags tags) {
        this.clock = clock;
        this.random = random;
        this.tags = tags;
    }

    Uni<SavedCampaign> create(UserId user, CampaignTerms terms) {
        Instant now = clock.instant();
        new CampaignCheck(terms).requireLegal(null, now);
        Campaign campaign = new Campaign(new CampaignId(TimeOrderedId.v7(now, random)), user, terms, now);
        return campaign.<Campaign>persist()
                .call(Campaigns::announce)
                .call(saved -> note(saved, CampaignEvent.CREATED, user.value()))
                .chain(saved -> warned(saved, now));
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
        return forUpdate(user, id).call(campaign -> move(campaign, user.value(), move));
    }

    /** Gives one campaign of the user other terms; nothing happens when they are the same. */
    Uni<SavedCampaign> replace(UserId user, CampaignId id, UnaryOperator<CampaignTerms> change) {
        Instant now = clock.instant();
        return forUpdate(user, id)
                .call(campaign -> replan(campaign, user, change.apply(campaign.terms), now))
                .chain(campaign -> warned(campaign, now));
    }

    /** Moves one campaign under its lock, unless it has meanwhile left the status or another holds it; null then. */
    public Uni<Campaign> changeWhile(CampaignStatus status, CampaignId id, int run, Consumer<Campaign> move) {
        return Campaign.<Campaign>find("id = ?1 and run = ?2 and status = ?3", id.value(), run, status)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNotNull()
                .call(campaign -> move(campaign, NOBODY, move));
    }

    /**
     * Scheduled campaigns whose time has come, those that wait longest first; at most 200, empty when there are no more.
     *
     * @param last of the campaigns that were answered before; {@link Due#FIRST} for the first
     */
    public Uni<List<Due>> due(Due last) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(DUE, Tuple.class)
                        .setParameter(1, last.time())
                        .setParameter(2, last.id())
                        .getResultList())
                .map(rows -> rows.stream().map(Due::of).toList());
    }

    /** One campaign whose time has come. */
    public record Due(Instant time, UUID id) {

        public static final Due FIRST = new Due(Instant.EPOCH, new UUID(0, 0));

        private static Due of(Tuple row) {
            return new Due(row.get("scheduled_at", OffsetDateTime.class).toInstant(), row.get("id", UUID.class));
        }
    }

    /**
     * Triggers, or fails, one campaign whose time has come. Replicas share them: null when another has it.
     *
     * @return the campaign, triggered or failed; or null
     */
    public Uni<Campaign> triggerDue(UUID id) {
        return Panache.getSession()
                .chain(session -> databaseTime(session)
                        .chain(now -> locked(session, id)
                                .onItem()
                                .ifNotNull()
                                .call(campaign -> move(campaign, NOBODY, due -> due.triggerOnTime(now)))));
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

    private static Uni<Instant> databaseTime(Mutiny.Session session) {
        return session.createNativeQuery("SELECT clock_timestamp()", Instant.class)
                .getSingleResult();
    }

    private static Uni<Campaign> locked(Mutiny.Session session, UUID id) {
        return session.createSelectionQuery("from Campaign where id = :id and status = :scheduled", Campaign.class)
                .setParameter("id", id)
                .setParameter("scheduled", CampaignStatus.SCHEDULED)
                .setLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getSingleResultOrNull();
    }

    private Uni<Void> replan(Campaign campaign, UserId user, CampaignTerms terms, Instant now) {
        if (terms.equals(campaign.terms)) {
            return Uni.createFrom().voidItem();
        }
        new CampaignCheck(terms).requireLegal(campaign.terms, now);
        return move(campaign, user.value(), moved -> moved.replan(terms));
    }

    private static Uni<SavedCampaign> warned(Campaign campaign, Instant now) {
        return CampaignWarnings.of(campaign, now).map(warnings -> new SavedCampaign(campaign, warnings));
    }

    /** @param actor whose token it was; {@link #NOBODY} for the clock and for what messages tell */
    private Uni<Void> move(Campaign campaign, String actor, Consumer<Campaign> move) {
        CampaignEvent.State before = CampaignEvent.State.of(campaign);
        move.accept(campaign);
        campaign.updatedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        CampaignEvent done = CampaignEvent.between(before, CampaignEvent.State.of(campaign));
        return planNext(campaign).chain(() -> announce(campaign)).chain(() -> note(campaign, done, actor));
    }

    /** In the transaction in which an occurrence's time has come, so that there is one next of it. */
    private Uni<Void> planNext(Campaign campaign) {
        Instant now = clock.instant();
        return campaign.next(new CampaignId(TimeOrderedId.v7(now, random)), now)
                .map(next -> next.<Campaign>persist()
                        .call(Campaigns::announce)
                        .call(saved -> note(saved, CampaignEvent.CREATED, NOBODY))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static Uni<Void> note(Campaign campaign, CampaignEvent event, String actor) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(NOTE)
                        .setParameter(1, campaign.id)
                        .setParameter(2, campaign.run)
                        .setParameter(3, event.wire())
                        .setParameter(4, actor)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** The flush first: it gives the changed campaign the version that its plan carries. */
    private static Uni<Void> announce(Campaign campaign) {
        return Panache.getSession()
                .chain(session -> session.flush().chain(() -> SessionOutbox.append(session, plan(campaign))));
    }

    private static OutboxRecord plan(Campaign campaign) {
        return new OutboxRecord(Topic.PLANS, campaign.id().toString(), campaign.plan());
    }
}
