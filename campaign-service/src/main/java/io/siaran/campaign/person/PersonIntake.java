package io.siaran.campaign.person;

import io.siaran.kafka.PersonAnswers;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Says who a person is to the user: leads, consent, and whether they may be written to. */
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
