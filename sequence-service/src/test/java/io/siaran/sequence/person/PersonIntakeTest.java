package io.siaran.sequence.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.TopicLog;
import io.siaran.model.Json;
import io.siaran.model.PersonAnswer;
import io.siaran.model.PersonRequest;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Real Kafka and PostgreSQL: what a person gets who asks. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PersonIntakeTest {

    private static final PhoneNumber ANI = new PhoneNumber("60123450011");
    private static final PhoneNumber BUDI = new PhoneNumber("60123450012");

    static final String SEQUENCE =
            "INSERT INTO sequences (id, user_id, name, target_status, status, on_failure, on_unknown, stop_on_reply,"
                    + " stop_on_status, one_person, allow_reentry, version, entry_version, plan_version, plan_changed_at,"
                    + " created_at, updated_at) VALUES ($1, $2, 'Fitness', 'all', 'inactive', 'continue', 'continue', false,"
                    + " false, 'each', false, 1, 1, 1, now(), now(), now())";

    @Inject
    Publisher publisher;

    @Inject
    Database database;

    private final UserId user = new UserId("person-" + UUID.randomUUID());
    private final UserId other = new UserId("person-" + UUID.randomUUID());

    @Test
    void a_request_is_answered_with_the_leads_and_walks_of_this_person_of_this_user() {
        // Given
        lead(user, ANI, "Ani");
        lead(user, BUDI, "Budi");
        lead(other, ANI, "of another user");

        // When
        List<String> facts = asked(user, ANI);

        // Then
        assertThat(facts).hasSize(2);
        assertThat(facts.getFirst()).contains("\"kind\": \"projected_lead\"", "\"name\": \"Ani\"");
        assertThat(facts.getLast()).contains("\"kind\": \"sequence_walk\"", "\"status\": \"completed\"");
        assertThat(asked(new UserId("person-" + UUID.randomUUID()), ANI)).isEmpty();
    }

    private void lead(UserId of, PhoneNumber phone, String name) {
        UUID lead = UUID.randomUUID();
        UUID sequence = UUID.randomUUID();
        database.run(
                "INSERT INTO leads (id, user_id, device_id, phone, name, niches, target_status, attributes, version, deleted)"
                        + " VALUES ($1, $2, $3, $4, $5, '{}', 'prospect', '{}', 1, false)",
                lead,
                of.value(),
                UUID.randomUUID(),
                phone.digits(),
                name);
        database.run(SEQUENCE, sequence, of.value());
        database.run(
                "INSERT INTO enrolments (id, user_id, sequence_id, lead_id, tokens, entered_status, entry_step_id, time_zone,"
                        + " status, entered_at, ended_at, chain_id)"
                        + " VALUES ($1, $2, $3, $4, '{}', 'prospect', $1, 'UTC', 'completed', now(), now(), $1)",
                UUID.randomUUID(),
                of.value(),
                sequence,
                lead);
    }

    /** What this service answers. */
    private List<String> asked(UserId by, PhoneNumber phone) {
        PersonRequest request =
                new PersonRequest(UUID.randomUUID(), by, phone, Instant.now(), PersonRequest.Wish.EXPORT, List.of());
        publisher.publish(List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        await().until(() -> !answers(request).isEmpty());
        PersonAnswer answer = answers(request).getFirst();
        assertThat(answer.service()).isEqualTo("sequence-service");
        assertThat(answer.userId()).isEqualTo(by);
        assertThat(answer.last()).isTrue();
        return answer.facts();
    }

    private static List<PersonAnswer> answers(PersonRequest request) {
        return TopicLog.of(Topic.PERSON_ANSWERS.topicName())
                .records(request.id().toString())
                .stream()
                .map(record -> Json.read(record.value(), PersonAnswer.class))
                .toList();
    }
}
