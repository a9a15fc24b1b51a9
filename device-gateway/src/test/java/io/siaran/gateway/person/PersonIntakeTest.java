package io.siaran.gateway.person;

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

    @Inject
    Publisher publisher;

    @Inject
    Database database;

    private final UserId user = new UserId("person-" + UUID.randomUUID());
    private final UserId other = new UserId("person-" + UUID.randomUUID());

    @Test
    void a_request_is_answered_with_what_this_person_wrote_to_this_user() {
        // Given
        reply(user, ANI, "Berapa harga?");
        reply(user, BUDI, "Terima kasih");
        reply(other, ANI, "to another user");
        database.run("INSERT INTO checked_numbers VALUES ($1, $2, true, now())", user.value(), ANI.digits());

        // When
        List<String> facts = asked(user, ANI);

        // Then
        assertThat(facts).hasSize(2);
        assertThat(facts.getFirst()).contains("\"kind\": \"reply\"", "Berapa harga?");
        assertThat(facts.getLast()).contains("\"kind\": \"number_check\"", "\"on_whatsapp\": true");
        assertThat(asked(new UserId("person-" + UUID.randomUUID()), ANI)).isEmpty();
    }

    private void reply(UserId of, PhoneNumber from, String text) {
        database.run(
                "INSERT INTO inbound_messages (id, user_id, device_id, provider_id, phone, type, text, at,"
                        + " received_at) VALUES ($1, $2, $3, 'person-1', $4, 'text', $5, now(), now())",
                UUID.randomUUID(),
                of.value(),
                UUID.randomUUID(),
                from.digits(),
                text);
    }

    /** What this service answers. */
    private List<String> asked(UserId by, PhoneNumber phone) {
        PersonRequest request =
                new PersonRequest(UUID.randomUUID(), by, phone, Instant.now(), PersonRequest.Wish.EXPORT, List.of());
        publisher.publish(List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        await().until(() -> !answers(request).isEmpty());
        PersonAnswer answer = answers(request).getFirst();
        assertThat(answer.service()).isEqualTo("device-gateway");
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
