package io.siaran.campaign.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.siaran.campaign.planning.Audience;
import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.DuplicatePhones;
import io.siaran.campaign.planning.PlannedCampaigns;
import io.siaran.kafka.Publisher;
import io.siaran.model.LeadId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Streams the audience of triggered campaigns into Kafka, page by page: publish, await the acknowledgements, move the
 * cursor. Whoever dies in between leaves a page that is published again with the same ids. Memory holds one page.
 */
@ApplicationScoped
class FanOut {

    private static final int STALE_READS = 5;
    private static final Logger LOG = Logger.getLogger(FanOut.class);

    private final FanOutStore store;
    private final PlannedCampaigns campaigns;
    private final Audience audience;
    private final Publisher publisher;
    private final ExpectedEnds ends;
    private final Counter published;
    private final Counter putAside;
    private final Counter failures;
    private final int pageSize;
    private final Semaphore places;
    private volatile boolean stopping;

    FanOut(
            FanOutStore store,
            PlannedCampaigns campaigns,
            Audience audience,
            Publisher publisher,
            ExpectedEnds ends,
            MeterRegistry metrics,
            FanOutConfig config) {
        this.store = store;
        this.campaigns = campaigns;
        this.audience = audience;
        this.publisher = publisher;
        this.ends = ends;
        this.published = metrics.counter("siaran.fanout.published");
        this.putAside = metrics.counter("siaran.fanout.put.aside");
        this.failures = metrics.counter("siaran.fanout.failures");
        this.pageSize = config.pageSize();
        this.places = new Semaphore(config.atOnce());
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
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
    }

    /** Until nothing is left. Each fan-out taken wakes a helper, so that a large one does not hold up the next. */
    void workOff() {
        Optional<Leased> next = store.lease();
        while (next.isPresent() && !stopping) {
            nudge();
            attempt(next.get());
            next = store.lease();
        }
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
        if (campaign.run() == leased.run() && campaign.status() == CampaignStatus.TRIGGERED) {
            streamPages(leased, campaign);
        }
    }

    private void streamPages(Leased leased, Campaign campaign) {
        LeadId cursor = leased.cursor();
        int stale = 0;
        OptionalLong phoneChanges = store.phoneChanges(leased);
        while (phoneChanges.isPresent() && !stopping) {
            List<AudienceRow> rows = audience.page(campaign, leased.began(), cursor, pageSize);
            Optional<FanOutPage> page = judged(leased, campaign, phoneChanges.getAsLong(), rows);
            if (page.isPresent()) {
                stale = 0;
                if (!publish(leased, page.get())) {
                    return;
                }
                cursor = page.get().last();
            } else if (!rows.isEmpty()) {
                requirePatience(++stale);
            }
            if (rows.isEmpty() || page.isPresent() && rows.size() < pageSize) {
                end(leased, campaign);
                return;
            }
            phoneChanges = store.phoneChanges(leased);
        }
    }

    /** A user who corrects phones without a pause does not keep a worker from everybody else: the fan-out comes later. */
    private static void requirePatience(int staleReads) {
        if (staleReads >= STALE_READS) {
            throw new IllegalStateException("phones change faster than a page is read");
        }
    }

    private boolean publish(Leased leased, FanOutPage page) {
        publisher.publish(page.messages());
        published.increment(page.messages().size());
        report(leased, page.rejects());
        return store.advance(leased, page);
    }

    /**
     * Noted before anything is published, so that a crash in between reaches nobody a second time through another lead.
     * Empty when a phone has changed since the page was read, and where there is nobody.
     */
    private Optional<FanOutPage> judged(Leased leased, Campaign campaign, long phoneChanges, List<AudienceRow> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        FanOutPage page = FanOutPage.of(rows, campaign);
        if (campaign.terms().duplicatePhones() == DuplicatePhones.EACH) {
            return Optional.of(page);
        }
        List<AudienceLead> reached =
                page.reached().stream().map(FanOutPage.Reached::lead).toList();
        return store.note(leased, campaign.plannedRun(), phoneChanges, reached).map(page::only);
    }

    private void report(Leased leased, List<AudienceRow.Unreadable> rejects) {
        putAside.increment(rejects.size());
        rejects.forEach(reject -> LOG.errorf(
                "put aside campaign=%s run=%d lead=%s reason=%s",
                leased.campaign(), leased.run(), reject.leadId(), reject.reason()));
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
