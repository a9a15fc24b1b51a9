package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.kafka.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.function.Supplier;

/** How a resource writes campaigns: one transaction, and what follows a change comes after its commit. */
@ApplicationScoped
class CampaignWrites {

    private final Outbox outbox;
    private final Event<CampaignMoved> moved;

    CampaignWrites(Outbox outbox, Event<CampaignMoved> moved) {
        this.outbox = outbox;
        this.moved = moved;
    }

    /** Wakes the relay, and a fan-out that may have something to do. */
    <T> Uni<T> committed(Supplier<Uni<T>> work) {
        return Panache.withTransaction(work).invoke(outbox::wake).invoke(() -> moved.fire(new CampaignMoved()));
    }
}
