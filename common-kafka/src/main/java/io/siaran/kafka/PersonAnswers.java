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
 * Answers what this service keeps of a person, in parts that Kafka takes: a request that is told again is answered again.
 * Each service says by a statement of its own what it keeps, at most 2,000 rows of a kind.
 */
@ApplicationScoped
public class PersonAnswers {

    /** In characters: at most four bytes each, and Kafka takes a megabyte. */
    private static final int PART = 200_000;

    private final RecordIntake intake;
    private final Database database;
    private final Publisher publisher;
    private final String service;

    PersonAnswers(
            RecordIntake intake,
            Database database,
            Publisher publisher,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.intake = intake;
        this.database = database;
        this.publisher = publisher;
        this.service = service;
    }

    /** @param facts a statement: $1 user, $2 phone; its only column is a fact, a JSON object as text */
    public void take(ConsumerRecords<String, String> batch, String facts) {
        intake.take(
                Topic.PERSON_REQUESTS,
                batch,
                PersonRequest.class,
                requests -> requests.forEach(request -> answer(request, facts)));
    }

    void answer(PersonRequest request, String facts) {
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
