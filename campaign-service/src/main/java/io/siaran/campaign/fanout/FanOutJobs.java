package io.siaran.campaign.fanout;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.EachAlone;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignMoved;
import io.siaran.campaign.planning.Campaigns;
import io.siaran.kafka.Outbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.jboss.logging.Logger;

/** When fan-outs begin: on the clock, and at once when a campaign is triggered by hand. */
@ApplicationScoped
class FanOutJobs {

    private static final Logger LOG = Logger.getLogger(FanOutJobs.class);

    private final Campaigns campaigns;
    private final FanOut fanOut;
    private final FanOutStore store;
    private final Outbox outbox;
    private final EachAlone rows;

    FanOutJobs(Campaigns campaigns, FanOut fanOut, FanOutStore store, Outbox outbox, EachAlone rows) {
        this.campaigns = campaigns;
        this.fanOut = fanOut;
        this.store = store;
        this.outbox = outbox;
        this.rows = rows;
    }

    @Scheduled(every = "${siaran.fanout.due-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> triggerDue() {
        return Panache.withSession(campaigns::due)
                .chain(ids -> rows.work("trigger", ids, this::trigger))
                .invoke(outbox::wake)
                .invoke(fanOut::nudge)
                .replaceWithVoid();
    }

    @Scheduled(every = "${siaran.fanout.poll-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void pickUp() {
        fanOut.nudge();
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void repeatLost() {
        int repeated = store.repeatLost();
        if (repeated > 0) {
            LOG.warnf("fan-outs repeated=%d: dispatch stored less than was published", repeated);
            fanOut.nudge();
        }
    }

    void moved(@Observes CampaignMoved news) {
        fanOut.nudge();
    }

    private Uni<Campaign> trigger(UUID id) {
        return Panache.withTransaction(() -> campaigns.triggerDue(id))
                .onItem()
                .ifNotNull()
                .invoke(campaign -> LOG.infof(
                        "time has come campaign=%s status=%s",
                        campaign.id(), campaign.status().wire()));
    }
}
