package io.siaran.sequence.lead;

import io.siaran.kafka.RecordIntake;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.sequence.batch.Wakes;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Who must not be written to; the leads of a person of whom that changed are reviewed. */
@ApplicationScoped
class SuppressionProjection {

    private static final String UPSERT = Sql.load(SuppressionProjection.class, "upsert-suppressions.sql");

    private final RecordIntake intake;
    private final Database database;
    private final Wakes wakes;

    SuppressionProjection(RecordIntake intake, Database database, Wakes wakes) {
        this.intake = intake;
        this.database = database;
        this.wakes = wakes;
    }

    @Incoming("suppressions")
    @Blocking(ordered = true)
    void take(ConsumerRecords<String, String> batch) {
        intake.take(Topic.SUPPRESSIONS, batch, Suppression.class, this::apply);
    }

    void apply(List<Suppression> snapshots) {
        Columns<Suppression> numbers = new Columns<>(Newest.of(snapshots, Suppression::key));
        database.run(
                UPSERT,
                numbers.texts(number -> number.userId().value()),
                numbers.texts(number -> number.phone().digits()),
                numbers.longs(Suppression::version),
                numbers.booleans(Suppression::deleted));
        wakes.reviews().ring();
    }
}
