package io.siaran.campaign.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.campaign.planning.Audience;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.DuplicatePhones;
import io.siaran.kafka.Publisher;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The audience of one run on its way into the topic. Each page is read, noted, published, acknowledged, and passed by the
 * cursor, in this order; while Kafka acknowledges some, the next is noted, and the one after it read. Memory holds these few.
 */
@ApplicationScoped
class Streaming {

    private static final int STALE_READS = 5;
    private static final Logger LOG = Logger.getLogger(Streaming.class);

    private final FanOutStore store;
    private final ReachedLeads reached;
    private final Audience audience;
    private final Publisher publisher;
    private final Clock clock;
    private final Counter published;
    private final Counter putAside;
    private final int pageSize;
    private final Duration moveInterval;

    Streaming(
            FanOutStore store,
            ReachedLeads reached,
            Audience audience,
            Publisher publisher,
            Clock clock,
            MeterRegistry metrics,
            FanOutConfig config) {
        this.store = store;
        this.reached = reached;
        this.audience = audience;
        this.publisher = publisher;
        this.clock = clock;
        this.published = metrics.counter("siaran.fanout.published");
        this.putAside = metrics.counter("siaran.fanout.put.aside");
        this.pageSize = config.pageSize();
        Duration longest = config.lease().dividedBy(4);
        this.moveInterval = config.moveInterval().compareTo(longest) < 0 ? config.moveInterval() : longest;
    }

    /** @return whether the cursor is behind the last lead; not so when nobody wants the rest, another has it, or we stop */
    boolean stream(Leased leased, Campaign campaign, BooleanSupplier stopping) {
        CampaignMessages messages = new CampaignMessages(campaign);
        PageSize size = new PageSize(pageSize);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                PagesAhead ahead = new PagesAhead(
                        cursor -> read(leased, campaign, cursor, size),
                        read -> FanOutPage.of(read, messages),
                        threads,
                        leased.cursor());
                PagesInFlight inFlight = new PagesInFlight(
                        page -> publish(page, threads), passed -> move(leased, passed), moveInterval, clock)) {
            return stream(ahead, judge(leased, campaign), inFlight, stopping);
        }
    }

    private boolean stream(
            PagesAhead ahead,
            Function<PagesAhead.Prepared, Optional<FanOutPage>> judge,
            PagesInFlight inFlight,
            BooleanSupplier stopping) {
        int stale = 0;
        while (!stopping.getAsBoolean()) {
            Optional<PagesAhead.Prepared> next = ahead.take();
            if (next.isEmpty()) {
                return false;
            }
            ReadPage read = next.get().read();
            if (read.rows().isEmpty()) {
                return inFlight.land();
            }
            Optional<FanOutPage> page = judge.apply(next.get());
            if (page.isEmpty()) {
                requirePatience(++stale);
                ahead.goBackTo(read.after());
                continue;
            }
            stale = 0;
            if (!inFlight.publish(page.get())) {
                return false;
            }
            if (read.isLast()) {
                return inFlight.land();
            }
        }
        return false;
    }

    private Function<PagesAhead.Prepared, Optional<FanOutPage>> judge(Leased leased, Campaign campaign) {
        if (campaign.terms().duplicatePhones() == DuplicatePhones.EACH) {
            return leased.isRepeated() ? onDevicesThatWereOnline(leased) : next -> Optional.of(next.page());
        }
        PhonesSoFar soFar = new PhonesSoFar();
        return next -> noted(leased, next, soFar);
    }

    /**
     * Of those who are written to each nobody is noted. So a device of which the first time left anybody out, since it was not
     * online, is left out as a whole: hours late its leads would get what the report says they did not.
     */
    private Function<PagesAhead.Prepared, Optional<FanOutPage>> onDevicesThatWereOnline(Leased leased) {
        Set<DeviceId> offline = store.leftOutOffline(leased);
        return next -> Optional.of(next.page().only(lead -> !offline.contains(lead.deviceId())));
    }

    /** The next page, of as many leads as {@code size} says; empty when nobody wants it from this holder any more. */
    Optional<ReadPage> read(Leased leased, Campaign campaign, LeadId cursor, PageSize size) {
        OptionalLong phoneChanges = store.phoneChanges(leased);
        if (phoneChanges.isEmpty()) {
            return Optional.empty();
        }
        int most = size.next();
        List<AudienceRow> rows = audience.page(campaign, leased.began(), cursor, most);
        size.after(rows);
        return Optional.of(new ReadPage(cursor, phoneChanges.getAsLong(), rows, rows.size() < most));
    }

    /**
     * Noted before anything is published, so that a crash in between reaches nobody a second time through another lead.
     * Empty when a phone has changed since the page was read.
     */
    private Optional<FanOutPage> noted(Leased leased, PagesAhead.Prepared next, PhonesSoFar soFar) {
        FanOutPage page = leased.isRepeated() ? reachedBefore(leased, next.page()) : next.page();
        Optional<FanOutPage> noted = reached.note(leased, next.read().phoneChanges(), page.leads(), soFar)
                .map(page::without);
        if (!next.read().isLast()) {
            noted.map(FanOutPage::leads).ifPresent(soFar::add);
        }
        return noted;
    }

    /** Who was no candidate the first time, and is one now, is not of the audience. */
    private FanOutPage reachedBefore(Leased leased, FanOutPage page) {
        Set<LeadId> noted = reached.notedBefore(leased, page.leads());
        return page.only(lead -> noted.contains(lead.leadId()));
    }

    /** A user who corrects phones without a pause does not keep a worker from everybody else: the fan-out comes later. */
    private static void requirePatience(int staleReads) {
        if (staleReads >= STALE_READS) {
            throw new IllegalStateException("phones change faster than a page is read");
        }
    }

    private CompletableFuture<Void> publish(FanOutPage page, Executor threads) {
        return CompletableFuture.runAsync(
                () -> {
                    publisher.publish(page.messages());
                    published.increment(page.messages().size());
                },
                threads);
    }

    private boolean move(Leased leased, Acknowledged passed) {
        putAside.increment(passed.rejects().size());
        passed.rejects()
                .forEach(reject -> LOG.errorf(
                        "put aside campaign=%s run=%d lead=%s reason=%s",
                        leased.campaign(), leased.run(), reject.leadId(), reject.reason()));
        return store.advance(leased, passed);
    }
}
