package io.siaran.gateway.callback;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.journal.Housekeeping;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When the inbox is worked off: soon after something came, and each second for what is due again. Every instance does; no two
 * get the same rows. Each purpose has one worker: none waits for another, and together they take as many connections as there
 * are of them.
 */
@ApplicationScoped
class WorkOffCallbacks {

    private static final Duration GATHERING = Duration.ofMillis(50);

    private final Housekeeping housekeeping;
    private final Worker receipts;
    private final Worker replies;
    private final Worker connections;
    private final Worker senders;
    private volatile boolean stopping;

    WorkOffCallbacks(
            MatchReceipts receipts,
            TakeReplies replies,
            TellConnections connections,
            ResolveSenders senders,
            Housekeeping housekeeping) {
        this.housekeeping = housekeeping;
        this.receipts = worker("matching receipts", receipts::matchSome);
        this.replies = worker("taking replies", replies::takeSome);
        this.connections = worker("telling connections", connections::tellSome);
        this.senders = worker("telling who wrote", senders::tellKnown);
    }

    private Worker worker(String what, BooleanSupplier step) {
        return new Worker(GATHERING, () -> housekeeping.run(what, step));
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** Something was stored, or may be due. Never waits. */
    @Scheduled(every = "1s")
    @RunOnVirtualThread
    void wake() {
        if (!stopping) {
            receipts.ask();
            replies.ask();
            connections.ask();
            senders.ask();
        }
    }
}
