package io.siaran.campaign.planning;

import io.siaran.kafka.Writes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.function.Supplier;

/** How a resource writes campaigns: one transaction, and what follows a change comes after its commit. */
@ApplicationScoped
class CampaignWrites {

    private final Writes writes;
    private final Event<CampaignMoved> moved;

    CampaignWrites(Writes writes, Event<CampaignMoved> moved) {
        this.writes = writes;
        this.moved = moved;
    }

    /** Wakes the relay, and a fan-out that may have something to do. Nobody is woken after a rollback. */
    <T> Uni<T> committed(Supplier<Uni<T>> work) {
        return writes.inSession(work, () -> moved.fire(new CampaignMoved()));
    }
}
