package io.siaran.campaign.progress;

import io.siaran.kafka.RecordIntake;
import io.siaran.model.CampaignProgress;
import io.siaran.model.Topic;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps the latest counts of each run and device. */
@ApplicationScoped
class ProgressIntake {

    private static final String UPSERT = Sql.load(ProgressIntake.class, "upsert-progress.sql");

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

    void apply(List<CampaignProgress> counts) {
        Columns<CampaignProgress> rows = new Columns<>(counts);
        database.run(
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
                rows.longs(CampaignProgress::read));
    }
}
