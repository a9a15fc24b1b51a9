package io.siaran.campaign.fanout;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.EachAlone;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.DueCampaigns;
import io.siaran.kafka.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Closes campaigns for sending at the end of their hours and opens them at the next beginning: their plan pauses meanwhile. */
@ApplicationScoped
class HoursJobs {

    private final DueCampaigns campaigns;
    private final Outbox outbox;
    private final EachAlone rows;

    HoursJobs(DueCampaigns campaigns, Outbox outbox, EachAlone rows) {
        this.campaigns = campaigns;
        this.outbox = outbox;
        this.rows = rows;
    }

    /** Until none is left, however many turn at the same hour. */
    @Scheduled(every = "${siaran.fanout.due-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> turn() {
        return turnAfter(DueCampaigns.Due.FIRST);
    }

    private Uni<Void> turnAfter(DueCampaigns.Due last) {
        return Panache.withSession(() -> campaigns.turning(last))
                .chain(page -> page.isEmpty() ? Uni.createFrom().voidItem() : turn(page));
    }

    private Uni<Void> turn(List<DueCampaigns.Due> page) {
        List<UUID> ids = page.stream().map(DueCampaigns.Due::id).toList();
        return rows.work("turn", ids, id -> id, this::turn).invoke(outbox::wake).chain(() -> turnAfter(page.getLast()));
    }

    private Uni<Campaign> turn(UUID id) {
        return Panache.withTransaction(() -> campaigns.turn(id));
    }
}
