package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.model.CampaignId;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What the clock and the outcome of messages do with campaigns. Every method runs in the session, and every change in the
 * transaction, of its caller.
 */
@ApplicationScoped
public class DueCampaigns {

    private static final String DUE = Sql.load(DueCampaigns.class, "due-campaigns.sql");
    private static final String TURNING = Sql.load(DueCampaigns.class, "turning-campaigns.sql");

    private static final List<CampaignStatus> TURNING_STATUSES =
            List.of(CampaignStatus.TRIGGERED, CampaignStatus.COMPLETED, CampaignStatus.FAILED);

    private final CampaignMoves moves;

    DueCampaigns(CampaignMoves moves) {
        this.moves = moves;
    }

    /**
     * Scheduled campaigns whose time has come, those that wait longest first; at most 200, empty when there are no more.
     *
     * @param last of the campaigns that were answered before; {@link Due#FIRST} for the first
     */
    public Uni<List<Due>> due(Due last) {
        return page(DUE, last);
    }

    /** As {@link #due}: campaigns under way, or with messages that are tried again, whose hours begin or end. */
    public Uni<List<Due>> turning(Due last) {
        return page(TURNING, last);
    }

    /** One campaign that something is to be done with. */
    public record Due(Instant time, UUID id) {

        public static final Due FIRST = new Due(Instant.EPOCH, new UUID(0, 0));

        private static Due of(Tuple row) {
            return new Due(row.get("at", OffsetDateTime.class).toInstant(), row.get("id", UUID.class));
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
                        .chain(now -> locked(session, id, List.of(CampaignStatus.SCHEDULED))
                                .onItem()
                                .ifNotNull()
                                .call(campaign ->
                                        moves.move(campaign, CampaignMoves.NOBODY, due -> due.triggerOnTime(now)))));
    }

    /** Opens or closes one campaign whose hours begin or end, which nobody did; null when another has it. */
    public Uni<Campaign> turn(UUID id) {
        return Panache.getSession()
                .chain(session -> databaseTime(session)
                        .chain(now -> locked(session, id, TURNING_STATUSES)
                                .onItem()
                                .ifNotNull()
                                .invoke(campaign -> campaign.turnGate(now))
                                .onItem()
                                .ifNotNull()
                                .call(CampaignMoves::announce)));
    }

    /** Moves one campaign under its lock, unless it has meanwhile left the status or another holds it; null then. */
    public Uni<Campaign> changeWhile(CampaignStatus status, CampaignId id, int run, Consumer<Campaign> move) {
        return Campaign.<Campaign>find("id = ?1 and runs.run = ?2 and life.status = ?3", id.value(), run, status)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNotNull()
                .call(campaign -> moves.move(campaign, CampaignMoves.NOBODY, move));
    }

    private static Uni<List<Due>> page(String sql, Due last) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(sql, Tuple.class)
                        .setParameter(1, last.time())
                        .setParameter(2, last.id())
                        .getResultList())
                .map(rows -> rows.stream().map(Due::of).toList());
    }

    private static Uni<Instant> databaseTime(Mutiny.Session session) {
        return session.createNativeQuery("SELECT clock_timestamp()", Instant.class)
                .getSingleResult();
    }

    private static Uni<Campaign> locked(Mutiny.Session session, UUID id, List<CampaignStatus> statuses) {
        return session.createSelectionQuery(
                        "from Campaign where id = :id and life.status in (:statuses)", Campaign.class)
                .setParameter("id", id)
                .setParameter("statuses", statuses)
                .setLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getSingleResultOrNull();
    }
}
