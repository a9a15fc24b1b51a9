package io.siaran.gateway.callback;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.journal.Housekeeping;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * When the inbox is worked off: soon after something came, and each second for what is due again. Every instance does; no two
 * get the same rows.
 */
@ApplicationScoped
class WorkOffCallbacks {

    /** What comes within it is worked off together. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final MatchReceipts receipts;
    private final TakeReplies replies;
    private final TellConnections connections;
    private final ResolveSenders senders;
    private final Housekeeping housekeeping;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean stopping;

    WorkOffCallbacks(
            MatchReceipts receipts,
            TakeReplies replies,
            TellConnections connections,
            ResolveSenders senders,
            Housekeeping housekeeping) {
        this.receipts = receipts;
        this.replies = replies;
        this.connections = connections;
        this.senders = senders;
        this.housekeeping = housekeeping;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** Something was stored. Never waits. */
    void wake() {
        if (!stopping && woken.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::gatherAndWork);
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void workOff() {
        housekeeping.run("matching receipts", receipts::matchSome);
        housekeeping.run("taking replies", replies::takeSome);
        housekeeping.run("telling connections", connections::tellSome);
        housekeeping.run("telling who wrote", senders::tellKnown);
    }

    private void gatherAndWork() {
        try {
            Thread.sleep(GATHERING);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        woken.set(false);
        workOff();
    }
}
