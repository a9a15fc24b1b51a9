package io.siaran.campaign.progress;

import io.siaran.kafka.RecordIntake;
import io.siaran.model.CampaignProgress;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
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

    void apply(List<CampaignProgress> told) {
        database.run(
                UPSERT,
                told.stream().map(progress -> progress.campaignId().value()).toArray(UUID[]::new),
                told.stream().map(CampaignProgress::run).toArray(Integer[]::new),
                told.stream().map(progress -> progress.deviceId().value()).toArray(UUID[]::new),
                told.stream().map(progress -> progress.userId().value()).toArray(String[]::new),
                counts(told, CampaignProgress::version),
                counts(told, CampaignProgress::stored),
                counts(told, CampaignProgress::pending),
                counts(told, CampaignProgress::processing),
                counts(told, CampaignProgress::sent),
                counts(told, CampaignProgress::failed),
                counts(told, CampaignProgress::cancelled),
                counts(told, CampaignProgress::unknown),
                counts(told, CampaignProgress::delivered),
                counts(told, CampaignProgress::read));
    }

    private static Long[] counts(List<CampaignProgress> told, ToLongFunction<CampaignProgress> count) {
        return told.stream().mapToLong(count).boxed().toArray(Long[]::new);
    }
}
