package io.siaran.gateway.lane;

import io.siaran.kafka.RecordIntake;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps who must not be written to beside the journal, so that a turn can ask within its transaction. */
@ApplicationScoped
class SuppressionIntake {

    private static final String UPSERT = Sql.load(SuppressionIntake.class, "suppressions.sql");

    private final RecordIntake intake;
    private final Database database;

    SuppressionIntake(RecordIntake intake, Database database) {
        this.intake = intake;
        this.database = database;
    }

    @Incoming("suppressions")
    @Blocking(ordered = true)
    void receive(ConsumerRecords<String, String> batch) {
        intake.take(Topic.SUPPRESSIONS, batch, Suppression.class, this::store);
    }

    private void store(List<Suppression> batch) {
        database.run(
                UPSERT,
                batch.stream().map(each -> each.userId().value()).toArray(String[]::new),
                batch.stream().map(each -> each.phone().digits()).toArray(String[]::new),
                batch.stream().map(Suppression::version).toArray(Long[]::new),
                batch.stream().map(Suppression::deleted).toArray(Boolean[]::new),
                batch.stream().map(SuppressionIntake::decidedAt).toArray(OffsetDateTime[]::new));
    }

    private static OffsetDateTime decidedAt(Suppression suppression) {
        return suppression.decidedAt() == null ? null : suppression.decidedAt().atOffset(ZoneOffset.UTC);
    }
}
