package io.siaran.campaign.person;

import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.RecordIntake;
import io.siaran.model.Json;
import io.siaran.model.PersonAnswer;
import io.siaran.model.PersonRequest;
import io.siaran.model.Topic;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Keeps what services answer, until the last one has. Once each has erased a person, each is asked to forget the suppression as
 * well: not before, since what is in flight in one of them is stopped by it in another.
 */
@ApplicationScoped
class PersonAnswerIntake {

    private static final String KEEP = Sql.load(PersonAnswerIntake.class, "keep-answers.sql");
    private static final String END = Sql.load(PersonAnswerIntake.class, "end-requests.sql");
    private static final String FORGET_NEXT = Sql.load(PersonAnswerIntake.class, "forget-next.sql");

    private final Database database;
    private final RecordIntake intake;
    private final Outbox outbox;

    PersonAnswerIntake(Database database, RecordIntake intake, Outbox outbox) {
        this.database = database;
        this.intake = intake;
        this.outbox = outbox;
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
            UUID[] requests = rows.uuids(PersonAnswer::requestId);
            String[] services = PersonExport.SERVICES.toArray(String[]::new);
            askToForget(tx, tx.run(FORGET_NEXT, requests, services));
            tx.run(END, requests, services);
        });
        outbox.wake();
    }

    private void askToForget(Tx tx, Iterable<Row> erased) {
        List<OutboxRecord> requests = new ArrayList<>();
        erased.forEach(row -> requests.add(ErasePeople.telling(row, PersonRequest.Wish.FORGET)));
        outbox.append(tx, requests);
    }
}
