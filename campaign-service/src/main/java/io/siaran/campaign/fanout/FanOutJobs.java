package io.siaran.campaign.fanout;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.EachAlone;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignMoved;
import io.siaran.campaign.planning.DueCampaigns;
import io.siaran.kafka.Outbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** When fan-outs begin: on the clock, and at once when a campaign is triggered by hand. */
@ApplicationScoped
class FanOutJobs {

    private static final Logger LOG = Logger.getLogger(FanOutJobs.class);

    private final DueCampaigns campaigns;
    private final FanOut fanOut;
    private final FanOutStore store;
    private final Outbox outbox;
    private final EachAlone rows;

    FanOutJobs(DueCampaigns campaigns, FanOut fanOut, FanOutStore store, Outbox outbox, EachAlone rows) {
        this.campaigns = campaigns;
        this.fanOut = fanOut;
        this.store = store;
        this.outbox = outbox;
        this.rows = rows;
    }

    /** Until none is left, however many are due; those of each page begin while the next is triggered. */
    @Scheduled(every = "${siaran.fanout.due-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> triggerDue() {
        return triggerAfter(DueCampaigns.Due.FIRST);
    }

    @Scheduled(every = "${siaran.fanout.poll-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void pickUp() {
        store.endUnwanted();
        // What a crash left behind: workers are told of those that are triggered here, and look for others when their
        // line is empty.
        store.open();
        fanOut.nudge();
    }

    private Uni<Void> triggerAfter(DueCampaigns.Due last) {
        return Panache.withSession(() -> campaigns.due(last))
                .chain(page -> page.isEmpty() ? Uni.createFrom().voidItem() : trigger(page));
    }

    private Uni<Void> trigger(List<DueCampaigns.Due> page) {
        List<UUID> ids = page.stream().map(DueCampaigns.Due::id).toList();
        return rows.work("trigger", ids, id -> id, this::trigger)
                .invoke(outbox::wake)
                .invoke(fanOut::triggered)
                .chain(() -> triggerAfter(page.getLast()));
    }

    void moved(@Observes CampaignMoved news) {
        fanOut.triggered();
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
