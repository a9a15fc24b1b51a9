package io.siaran.campaign.lead;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.lead.CsvRow.Rejection;
import io.siaran.campaign.lead.LeadUpserts.Outcome;
import io.siaran.campaign.lead.LeadUpserts.Upserted;
import io.siaran.model.DeviceId;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes files of leads in, batch by batch: the leads, what is counted of them and which of them are news, in one
 * transaction. After a crash any replica reads the file anew and goes on after the last line that was counted.
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
    private volatile boolean stopping;

    LeadImports(ImportStore store, LeadUpserts upserts, LeadNews news, Devices devices, Database database) {
        this.store = store;
        this.upserts = upserts;
        this.news = news;
        this.devices = devices;
        this.database = database;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** One file after the other: two at once would only wait for the same disk. */
    @Scheduled(every = "${siaran.import.poll-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void work() {
        Optional<LeadImport> next = store.lease();
        while (next.isPresent() && !stopping) {
            attempt(next.get());
            next = store.lease();
        }
    }

    private void attempt(LeadImport job) {
        try (CsvFile file = CsvFile.open(new ImportedBytes(store, job.id()), job.encoding(), job.mapping())) {
            read(job, file);
        } catch (CsvFile.Unreadable | Refusal broken) {
            store.end(job, broken.getMessage());
        } catch (ImportStore.Taken another) {
            LOG.infof("import went to another replica import=%s", job.id());
        } catch (IOException | RuntimeException away) {
            LOG.warnf("import is put off import=%s: %s", job.id(), away.toString());
            store.release(job);
        }
        news.publish();
    }

    private void read(LeadImport job, CsvFile file) {
        Lines lines = new Lines(job, file);
        List<Line> batch = lines.next();
        while (!batch.isEmpty() && !stopping) {
            write(job, batch);
            batch = lines.next();
        }
        if (stopping) {
            store.release(job);
        } else {
            store.end(job, null);
        }
    }

    private void write(LeadImport job, List<Line> batch) {
        database.doInTransaction(tx -> {
            Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
            List<Upserted> done = upsert(tx, job, batch);
            done.forEach(each -> counts.merge(each.outcome(), 1L, Long::sum));
            batch.stream()
                    .filter(line -> line.outcome() != null)
                    .forEach(line -> counts.merge(line.outcome(), 1L, Long::sum));
            news.add(
                    tx,
                    done.stream().filter(Upserted::isNews).map(Upserted::lead).toList());
            store.advance(
                    tx,
                    job,
                    counts,
                    batch.stream().flatMap(line -> line.rejections().stream()).toList());
        });
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

    /** @param outcome refused or duplicate; null: to be written */
    private record Line(LeadBody body, Outcome outcome, List<Rejection> rejections) {}

    /** The lines that are still to be worked off; those before them are read for their phones only. */
    private final class Lines {

        private final LeadImport job;
        private final CsvFile file;
        private final MetPhones met = new MetPhones();
        private final Map<DeviceId, List<Violation>> known = new HashMap<>();
        private long toSkip;

        Lines(LeadImport job, CsvFile file) {
            this.job = job;
            this.file = file;
            this.toSkip = job.lines();
        }

        List<Line> next() {
            List<Line> batch = new ArrayList<>(BATCH);
            while (batch.size() < BATCH) {
                Optional<CsvRow> row = file.next(job.device(), job.eraseBlank());
                if (row.isEmpty()) {
                    return batch;
                }
                Line line = judge(row.get());
                if (toSkip > 0) {
                    toSkip--;
                } else {
                    batch.add(line);
                }
            }
            return batch;
        }

        private Line judge(CsvRow row) {
            if (row.body() == null) {
                return refused(row.rejections());
            }
            try {
                LeadBody body = upserts.checked(row.body());
                List<Violation> violations =
                        known.computeIfAbsent(body.deviceId(), device -> devices.violations(device, job.user()));
                if (!violations.isEmpty()) {
                    return refused(row.line(), violations);
                }
                return met.add(body.deviceId(), body.phone())
                        ? new Line(body, null, List.of())
                        : new Line(body, Outcome.DUPLICATE, List.of());
            } catch (Refusal refusal) {
                if (refusal.violations().isEmpty()) {
                    throw refusal;
                }
                return refused(row.line(), refusal.violations());
            } catch (IllegalArgumentException tooMany) {
                return refused(List.of(new Rejection(row.line(), "", tooMany.getMessage())));
            }
        }

        private Line refused(long line, List<Violation> violations) {
            return refused(violations.stream()
                    .map(violation ->
                            new Rejection(line, file.header().headerOf(violation.field()), violation.message()))
                    .toList());
        }

        private static Line refused(List<Rejection> rejections) {
            return new Line(null, Outcome.REFUSED, rejections);
        }
    }
}
