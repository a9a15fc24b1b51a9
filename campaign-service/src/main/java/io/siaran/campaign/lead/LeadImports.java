package io.siaran.campaign.lead;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.lead.ImportLines.Line;
import io.siaran.campaign.lead.LeadUpserts.Outcome;
import io.siaran.campaign.lead.LeadUpserts.Upserted;
import io.siaran.rest.Refusal;
import io.siaran.sql.DataFault;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes files of leads in, batch by batch: the leads, what is counted of them and which of them are news, in one
 * transaction. After a crash any replica reads the file anew and goes on after the last line that was counted, unless too many were lost
 * at that place. So does whoever goes on with a file that was handed back, because another user's waited: users take turns.
 */
@ApplicationScoped
class LeadImports {

    private static final Logger LOG = Logger.getLogger(LeadImports.class);
    private static final int BATCH = 2_000;

    private final ImportStore store;
    private final LeadUpserts upserts;
    private final LeadNews news;
    private final Devices devices;
    private final Database database;
    private final ImportConfig config;
    private final Clock clock;
    private volatile boolean stopping;

    LeadImports(
            ImportStore store,
            LeadUpserts upserts,
            LeadNews news,
            Devices devices,
            Database database,
            ImportConfig config,
            Clock clock) {
        this.store = store;
        this.upserts = upserts;
        this.news = news;
        this.devices = devices;
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** One file after the other: two at once would only wait for the same disk. */
    @Scheduled(every = "${siaran.import.poll-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void work() {
        boolean more = true;
        while (more && !stopping) {
            more = turn();
        }
    }

    /** Works on one of them until it ends, or for its turn where another user's waits; false: there is none. */
    boolean turn() {
        Optional<LeadImport> next = store.lease();
        next.ifPresent(job -> {
            if (job.lostLeases() < config.lostLeases()) {
                attempt(job);
            } else {
                giveUp(job);
            }
        });
        return next.isPresent();
    }

    /** Whoever went on with it could be lost by it as well. */
    private void giveUp(LeadImport job) {
        LOG.errorf(
                "import is given up import=%s lines=%d: %d leases in a row ended without a word",
                job.id(), job.lines(), job.lostLeases());
        store.end(
                job,
                job.lostLeases()
                        + " times in a row whoever worked on it was lost before a further line was taken in: split the file");
    }

    private void attempt(LeadImport job) {
        try (CsvFile file = CsvFile.open(new ImportedBytes(store, job.id()), job.encoding(), job.mapping())) {
            read(job, file);
        } catch (ImportStore.Taken another) {
            LOG.infof("import went to another replica import=%s", job.id());
        } catch (IOException | RuntimeException failure) {
            if (isOfTheFile(failure)) {
                store.end(job, failure.getMessage());
            } else {
                LOG.warnf("import is put off import=%s: %s", job.id(), failure.toString());
                store.release(job);
            }
        }
        news.publish();
    }

    /** It comes again however often the file is read; what may succeed a little later is no reason to give the file up. */
    private static boolean isOfTheFile(Exception failure) {
        return failure instanceof CsvFile.Unreadable
                || failure instanceof MetPhones.TooMany
                || (failure instanceof Refusal refusal && refusal.retryAfter().isEmpty());
    }

    private void read(LeadImport job, CsvFile file) {
        KeptLease lease = new KeptLease(store, job, clock);
        ImportLines lines = new ImportLines(job, file, upserts, devices, lease, config);
        long written = 0;
        while (!stopping) {
            List<Line> batch = lines.next(BATCH);
            if (batch.isEmpty()) {
                store.end(job, null);
                return;
            }
            write(job, batch);
            written += batch.size();
            if (written >= config.turn() && store.othersWait(job)) {
                store.handBack(job);
                return;
            }
        }
        store.release(job);
    }

    /** The one line whose data the database refuses is found by halves and refused, so that it never stops the others. */
    private void write(LeadImport job, List<Line> batch) {
        try {
            database.doInTransaction(tx -> write(tx, job, batch));
        } catch (RuntimeException failure) {
            if (!DataFault.is(failure)) {
                throw failure;
            }
            if (batch.size() == 1) {
                refuse(job, batch.getFirst(), failure);
                return;
            }
            int half = batch.size() / 2;
            write(job, batch.subList(0, half));
            write(job, batch.subList(half, batch.size()));
        }
    }

    private void refuse(LeadImport job, Line line, RuntimeException failure) {
        LOG.warnf("a line cannot be stored import=%s line=%d: %s", job.id(), line.number(), failure.toString());
        database.doInTransaction(tx -> write(tx, job, List.of(line.refused())));
    }

    private void write(Tx tx, LeadImport job, List<Line> batch) {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        List<Upserted> done = upsert(tx, job, batch);
        done.forEach(each -> counts.merge(each.outcome(), 1L, Long::sum));
        batch.stream()
                .filter(line -> line.outcome() != null)
                .forEach(line -> counts.merge(line.outcome(), 1L, Long::sum));
        news.add(tx, done.stream().filter(Upserted::isNews).map(Upserted::lead).toList());
        store.advance(
                tx,
                job,
                counts,
                batch.stream().flatMap(line -> line.rejections().stream()).toList(),
                config.keptRejections());
    }

    private List<Upserted> upsert(Tx tx, LeadImport job, List<Line> batch) {
        return upserts.upsert(
                tx,
                job.user(),
                batch.stream()
                        .filter(line -> line.outcome() == null)
                        .map(Line::body)
                        .toList());
    }
}
