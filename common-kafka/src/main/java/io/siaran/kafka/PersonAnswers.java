package io.siaran.kafka;

import io.siaran.model.PersonAnswer;
import io.siaran.model.PersonRequest;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers what this service keeps of a person, in parts that Kafka takes: a request that is told again is answered again. Who
 * is to be erased is noted for {@link PersonErasures}.
 */
@ApplicationScoped
public class PersonAnswers {

    /** In characters: at most four bytes each, and Kafka takes a megabyte. */
    private static final int PART = 200_000;

    private final RecordIntake intake;
    private final Database database;
    private final Publisher publisher;
    private final PersonErasures erasures;
    private final String service;

    PersonAnswers(
            RecordIntake intake,
            Database database,
            Publisher publisher,
            PersonErasures erasures,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.intake = intake;
        this.database = database;
        this.publisher = publisher;
        this.erasures = erasures;
        this.service = service;
    }

    public void take(ConsumerRecords<String, String> batch, PersonRecords records) {
        intake.take(
                Topic.PERSON_REQUESTS,
                batch,
                PersonRequest.class,
                requests -> requests.forEach(request -> take(request, records)));
    }

    private void take(PersonRequest request, PersonRecords records) {
        switch (request.wish()) {
            case EXPORT -> answer(request, records.kept());
            case ERASE, FORGET -> erasures.note(request);
        }
    }

    private void answer(PersonRequest request, String facts) {
        List<OutboxRecord> answers = new ArrayList<>();
        List<String> part = new ArrayList<>();
        int size = 0;
        for (Row row :
                database.run(facts, request.userId().value(), request.phone().digits())) {
            String fact = row.getString(0);
            if (size + fact.length() > PART && !part.isEmpty()) {
                answers.add(record(request, answers.size(), false, part));
                part = new ArrayList<>();
                size = 0;
            }
            part.add(fact);
            size += fact.length();
        }
        answers.add(record(request, answers.size(), true, part));
        publisher.publish(answers);
    }

    private OutboxRecord record(PersonRequest request, int number, boolean last, List<String> facts) {
        return new OutboxRecord(
                Topic.PERSON_ANSWERS,
                request.id().toString(),
                new PersonAnswer(request.id(), request.userId(), service, number, last, facts));
    }
}
