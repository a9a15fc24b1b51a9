package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.SessionOutbox;
import io.siaran.model.CampaignId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The table of campaigns. Every method runs in the session, and every change in the transaction, of its caller; a change
 * is announced by the same transaction.
 */
@ApplicationScoped
public class Campaigns {

    private static final int DUE_AT_ONCE = 100;

    private final Clock clock;
    private final RandomGenerator random;

    Campaigns(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    Uni<Campaign> create(UserId user, CampaignTerms terms) {
        terms.requireConsistent();
        Instant now = clock.instant();
        Campaign campaign = new Campaign(new CampaignId(TimeOrderedId.v7(now, random)), user, terms, now);
        return campaign.<Campaign>persist().call(Campaigns::announce);
    }

    /** Fails with a 404 for one that is not this user's. */
    Uni<Campaign> get(UserId user, CampaignId id) {
        return Campaign.<Campaign>find("id = ?1 and userId = ?2", id.value(), user.value())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("campaign", id));
    }

    /** Newest first. */
    Uni<List<Campaign>> list(UserId user, PageRequest page) {
        return page.after(UUID::fromString)
                .map(last -> Campaign.<Campaign>find("userId = ?1 and id < ?2 order by id desc", user.value(), last))
                .orElseGet(() -> Campaign.find("userId = ?1 order by id desc", user.value()))
                .page(0, page.rowsToRead())
                .list();
    }

    /** Moves one campaign of the user under its lock. */
    Uni<Campaign> change(UserId user, CampaignId id, Consumer<Campaign> move) {
        return Campaign.<Campaign>find("id = ?1 and userId = ?2", id.value(), user.value())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("campaign", id))
                .call(campaign -> move(campaign, move));
    }

    /** Moves one campaign under its lock, unless it has meanwhile left the status; null then. */
    public Uni<Campaign> changeWhile(CampaignStatus status, CampaignId id, int run, Consumer<Campaign> move) {
        return Campaign.<Campaign>find("id = ?1 and run = ?2 and status = ?3", id.value(), run, status)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNotNull()
                .call(campaign -> move(campaign, move));
    }

    /**
     * Triggers, or fails, scheduled campaigns whose time has come; at most 100 at once. Replicas share them: each locks
     * some, and skips what another has locked.
     *
     * @return those that were triggered or failed
     */
    public Uni<List<Campaign>> triggerDue() {
        return Panache.getSession()
                .chain(session -> databaseTime(session)
                        .chain(now -> due(session, now)
                                .invoke(due -> due.forEach(campaign -> campaign.triggerOnTime(now)))
                                .call(due -> announceAll(session, due))));
    }

    private static Uni<Instant> databaseTime(Mutiny.Session session) {
        return session.createNativeQuery("SELECT clock_timestamp()", Instant.class)
                .getSingleResult();
    }

    private static Uni<List<Campaign>> due(Mutiny.Session session, Instant now) {
        return session.createSelectionQuery(
                        "from Campaign where status = :scheduled and scheduledAt <= :latest order by scheduledAt",
                        Campaign.class)
                .setParameter("scheduled", CampaignStatus.SCHEDULED)
                .setParameter("latest", now.plus(SendWindow.EARLY))
                .setMaxResults(DUE_AT_ONCE)
                .setLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getResultList();
    }

    private static Uni<Void> move(Campaign campaign, Consumer<Campaign> move) {
        move.accept(campaign);
        return announce(campaign);
    }

    private static Uni<Void> announce(Campaign campaign) {
        return Panache.getSession().chain(session -> announceAll(session, List.of(campaign)));
    }

    /** The flush first: it gives each changed campaign the version that its plan carries. */
    private static Uni<Void> announceAll(Mutiny.Session session, List<Campaign> campaigns) {
        return session.flush()
                .chain(() -> SessionOutbox.append(
                        session, campaigns.stream().map(Campaigns::plan).toArray(OutboxRecord[]::new)));
    }

    private static OutboxRecord plan(Campaign campaign) {
        return new OutboxRecord(Topic.PLANS, campaign.id().toString(), campaign.plan());
    }
}
