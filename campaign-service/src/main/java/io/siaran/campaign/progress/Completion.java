package io.siaran.campaign.progress;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.Campaigns;
import io.siaran.campaign.planning.StatusReason;
import io.siaran.kafka.Outbox;
import io.siaran.model.CampaignId;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Ends campaigns that have nothing left to hear of. Replicas may do so at once: the second finds it ended. */
@ApplicationScoped
class Completion {

    private static final Logger LOG = Logger.getLogger(Completion.class);
    private static final String SETTLED = Sql.load(Completion.class, "settled.sql");

    private final Campaigns campaigns;
    private final Outbox outbox;

    Completion(Campaigns campaigns, Outbox outbox) {
        this.campaigns = campaigns;
        this.outbox = outbox;
    }

    @Scheduled(every = "${siaran.progress.completion-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> endSettled() {
        return Panache.withTransaction(() -> settled().chain(this::endAll))
                .invoke(ended -> ended.forEach(campaign -> LOG.infof(
                        "ended campaign=%s run=%d status=%s",
                        campaign.id(), campaign.run(), campaign.status().wire())))
                .invoke(outbox::wake)
                .replaceWithVoid();
    }

    private static Uni<List<Tuple>> settled() {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(SETTLED, Tuple.class).getResultList());
    }

    private Uni<List<Campaign>> endAll(List<Tuple> settled) {
        return Multi.createFrom()
                .iterable(settled)
                .onItem()
                .transformToUniAndConcatenate(this::end)
                .collect()
                .asList();
    }

    private Uni<Campaign> end(Tuple row) {
        boolean nothingSent = row.get("nothing_sent", Boolean.class);
        return campaigns.changeWhile(
                CampaignStatus.TRIGGERED,
                new CampaignId(row.get("id", UUID.class)),
                row.get("run", Integer.class),
                nothingSent ? campaign -> campaign.fail(StatusReason.NOTHING_SENT) : Campaign::complete);
    }
}
