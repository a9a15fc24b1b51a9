package io.siaran.campaign.progress;

import io.siaran.kafka.RecordIntake;
import io.siaran.model.CampaignProgress;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps the latest counts of each run and device, and the sums of each run. */
@ApplicationScoped
class ProgressIntake {

    private static final String UPSERT = Sql.load(ProgressIntake.class, "upsert-progress.sql");
    private static final String LOCK_RUNS = Sql.load(ProgressIntake.class, "lock-runs.sql");
    private static final String SUM_RUNS = Sql.load(ProgressIntake.class, "sum-runs.sql");

    private final Database database;
    private final RecordIntake intake;

    ProgressIntake(Database database, RecordIntake intake) {
        this.database = database;
        this.intake = intake;
    }

    @Incoming("campaign-progress")
    @Blocking(ordered = true)
    void consume(ConsumerRecords<String, String> batch) {
        intake.take(Topic.CAMPAIGN_PROGRESS, batch, CampaignProgress.class, this::apply);
    }

    /** Counts and sums in one transaction: whoever waits for the lock on a run adds up what was committed meanwhile. */
    void apply(List<CampaignProgress> counts) {
        Columns<Run> runs =
                new Columns<>(counts.stream().map(Run::of).distinct().toList());
        Object[] keys = {runs.uuids(Run::campaign), runs.integers(Run::run)};
        database.doInTransaction(tx -> {
            tx.run(LOCK_RUNS, keys);
            upsert(tx, counts);
            tx.run(SUM_RUNS, keys);
        });
    }

    private static void upsert(Tx tx, List<CampaignProgress> counts) {
        Columns<CampaignProgress> rows = new Columns<>(counts);
        tx.run(
                UPSERT,
                rows.uuids(progress -> progress.campaignId().value()),
                rows.integers(CampaignProgress::run),
                rows.uuids(progress -> progress.deviceId().value()),
                rows.texts(progress -> progress.userId().value()),
                rows.longs(CampaignProgress::version),
                rows.longs(CampaignProgress::stored),
                rows.longs(CampaignProgress::pending),
                rows.longs(CampaignProgress::processing),
                rows.longs(CampaignProgress::sent),
                rows.longs(CampaignProgress::failed),
                rows.longs(CampaignProgress::cancelled),
                rows.longs(CampaignProgress::unknown),
                rows.longs(CampaignProgress::delivered),
                rows.longs(CampaignProgress::read),
                rows.texts(progress -> Json.write(progress.reasons())));
    }

    private record Run(UUID campaign, int run) {

        static Run of(CampaignProgress progress) {
            return new Run(progress.campaignId().value(), progress.run());
        }
    }
}
