package io.siaran.sequence.person;

import io.siaran.kafka.PersonAnswers;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Says how a person walks through sequences. */
@ApplicationScoped
class PersonIntake {

    private static final String KEPT = Sql.load(PersonIntake.class, "kept-of-person.sql");

    private final PersonAnswers answers;

    PersonIntake(PersonAnswers answers) {
        this.answers = answers;
    }

    @Incoming("person-requests")
    @Blocking(ordered = true)
    void consume(ConsumerRecords<String, String> batch) {
        answers.take(batch, KEPT);
    }
}
