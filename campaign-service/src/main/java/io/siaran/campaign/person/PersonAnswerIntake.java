package io.siaran.campaign.person;

import io.siaran.kafka.RecordIntake;
import io.siaran.model.Json;
import io.siaran.model.PersonAnswer;
import io.siaran.model.Topic;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps what services answer, until the last one has. */
@ApplicationScoped
class PersonAnswerIntake {

    private static final String KEEP = Sql.load(PersonAnswerIntake.class, "keep-answers.sql");
    private static final String END = Sql.load(PersonAnswerIntake.class, "end-exports.sql");

    private final Database database;
    private final RecordIntake intake;

    PersonAnswerIntake(Database database, RecordIntake intake) {
        this.database = database;
        this.intake = intake;
    }

    @Incoming("person-answers")
    @Blocking(ordered = true)
    void consume(ConsumerRecords<String, String> batch) {
        intake.take(Topic.PERSON_ANSWERS, batch, PersonAnswer.class, this::apply);
    }

    void apply(List<PersonAnswer> answers) {
        Columns<PersonAnswer> rows = new Columns<>(answers);
        database.doInTransaction(tx -> {
            tx.run(
                    KEEP,
                    rows.uuids(PersonAnswer::requestId),
                    rows.texts(answer -> answer.userId().value()),
                    rows.texts(PersonAnswer::service),
                    rows.integers(PersonAnswer::part),
                    rows.booleans(PersonAnswer::last),
                    rows.texts(answer -> Json.write(answer.facts())));
            tx.run(END, rows.uuids(PersonAnswer::requestId), PersonExport.SERVICES.toArray(String[]::new));
        });
    }
}
