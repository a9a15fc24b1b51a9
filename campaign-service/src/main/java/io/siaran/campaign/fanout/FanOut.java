package io.siaran.campaign.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.PlannedCampaigns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Works on fan-outs, one after another, several side by side: each is leased, streamed ({@link Streaming}) and ended. Whoever
 * dies in between leaves pages that are published again with the same ids.
 */
@ApplicationScoped
class FanOut {

    private static final Logger LOG = Logger.getLogger(FanOut.class);

    private final FanOutStore store;
    private final PlannedCampaigns campaigns;
    private final Streaming streaming;
    private final ExpectedEnds ends;
    private final Counter failures;
    private final Semaphore places;
    /** Whether runs were triggered here that may not be in the line yet. */
    private final AtomicBoolean unopened = new AtomicBoolean();

    private volatile boolean stopping;

    FanOut(
            FanOutStore store,
            PlannedCampaigns campaigns,
            Streaming streaming,
            ExpectedEnds ends,
            MeterRegistry metrics,
            FanOutConfig config) {
        this.store = store;
        this.campaigns = campaigns;
        this.streaming = streaming;
        this.ends = ends;
        this.failures = metrics.counter("siaran.fanout.failures");
        this.places = new Semaphore(config.atOnce());
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** As {@link #nudge()}, after runs were triggered: they come into the line before the next fan-out is taken, however many wait. */
    void triggered() {
        unopened.set(true);
        nudge();
    }

    /** Returns at once; whatever waits is worked on by a virtual thread of its own while there is a place. */
    void nudge() {
        if (!stopping && places.tryAcquire()) {
            Thread.ofVirtual().name("fan-out").start(this::workAndLeave);
        }
    }

    private void workAndLeave() {
        try {
            workOff();
        } catch (RuntimeException away) {
            // The database is away: the next look begins where the cursor stands.
            LOG.warnf("fan-out is put off: %s", away.toString());
        } finally {
            places.release();
        }
        // Triggered after the last look of this worker, while all places were taken.
        if (unopened.get()) {
            nudge();
        }
    }

    /** Until nothing is left. Each fan-out taken wakes a helper, so that a large one does not hold up the next. */
    void workOff() {
        Optional<Leased> next = next();
        while (next.isPresent() && !stopping) {
            nudge();
            attempt(next.get());
            next = next();
        }
    }

    /** Looks once for what was triggered, not each time: with thousands due at once that is dearer than to take the next. */
    private Optional<Leased> next() {
        if (unopened.getAndSet(false)) {
            store.open();
        }
        return store.lease();
    }

    /** A fan-out that fails is put off, so that those behind it go on. */
    private void attempt(Leased leased) {
        try {
            stream(leased);
            // After the end this finds nothing; otherwise it spares the next worker the wait for the lease.
            store.release(leased);
        } catch (RuntimeException failure) {
            failures.increment();
            LOG.warnf("fan-out failed campaign=%s run=%d: %s", leased.campaign(), leased.run(), failure.toString());
            store.putOff(leased);
        }
    }

    private void stream(Leased leased) {
        Campaign campaign = campaigns.read(leased.campaign());
        // What is published carries the run and the time that were triggered, never those of a plan that came after.
        if (campaign.run() == leased.run()
                && campaign.status() == CampaignStatus.TRIGGERED
                && streaming.stream(leased, campaign, () -> stopping)) {
            end(leased, campaign);
        }
    }

    private void end(Leased leased, Campaign campaign) {
        store.end(leased).ifPresent(published -> {
            ends.note(leased, campaign);
            LOG.infof("fan-out ended campaign=%s run=%d published=%d", leased.campaign(), leased.run(), published);
            if (published == 0) {
                LOG.infof(
                        "audience empty campaign=%s: no lead has its niche and target status and may be written to",
                        leased.campaign());
            }
        });
    }
}
