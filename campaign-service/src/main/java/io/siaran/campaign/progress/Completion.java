package io.siaran.campaign.progress;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.EachAlone;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.DueCampaigns;
import io.siaran.campaign.planning.StatusReason;
import io.siaran.kafka.Outbox;
import io.siaran.model.CampaignId;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Ends campaigns of which every outcome is known. Replicas may do so at once: the second finds it ended. */
@ApplicationScoped
class Completion {

    private static final Logger LOG = Logger.getLogger(Completion.class);
    private static final String SETTLED = Sql.load(Completion.class, "settled.sql");
    private static final String LOOKED_AT = Sql.load(Completion.class, "looked-at.sql");

    private final DueCampaigns campaigns;
    private final Outbox outbox;
    private final EachAlone rows;
    private final Clock clock;

    Completion(DueCampaigns campaigns, Outbox outbox, EachAlone rows, Clock clock) {
        this.campaigns = campaigns;
        this.outbox = outbox;
        this.rows = rows;
        this.clock = clock;
    }

    @Scheduled(every = "${siaran.progress.completion-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> completeRuns() {
        return Panache.withSession(Completion::settled)
                .chain(runs -> rows.work("complete", runs, run -> run.get("id", UUID.class), this::end))
                .chain(() -> Panache.withTransaction(Completion::forgetLookedAt))
                .invoke(outbox::wake)
                .replaceWithVoid();
    }

    private static Uni<List<Tuple>> settled() {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(SETTLED, Tuple.class).getResultList());
    }

    private static Uni<Integer> forgetLookedAt() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOOKED_AT).executeUpdate());
    }

    private Uni<Campaign> end(Tuple row) {
        boolean nothingSent = row.get("nothing_sent", Boolean.class);
        return Panache.withTransaction(() -> campaigns.changeWhile(
                        CampaignStatus.TRIGGERED,
                        new CampaignId(row.get("id", UUID.class)),
                        row.get("run", Integer.class),
                        nothingSent
                                ? campaign -> campaign.fail(StatusReason.NOTHING_SENT)
                                : campaign -> campaign.complete(clock.instant())))
                .onItem()
                .ifNotNull()
                .invoke(ended -> LOG.infof(
                        "ended campaign=%s run=%d status=%s",
                        ended.id(), ended.run(), ended.status().wire()));
    }
}
