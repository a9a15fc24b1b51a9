package io.siaran.dispatch.person;

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
    void a_request_is_answered_with_the_messages_of_this_person_of_this_user() {
        // Given
        message(user, ANI, "Selamat pagi Ani");
        message(user, BUDI, "Selamat pagi Budi");
        message(other, ANI, "of another user");

        // When
        List<String> facts = asked(user, ANI);

        // Then
        assertThat(facts)
                .singleElement()
                .asString()
                .contains("\"kind\": \"message\"", "Selamat pagi Ani", "\"recipient_phone\": \"60123450011\"");
        assertThat(asked(new UserId("person-" + UUID.randomUUID()), ANI)).isEmpty();
    }

    private void message(UserId of, PhoneNumber to, String text) {
        UUID id = new UUID(
                Instant.now().toEpochMilli() << 16 | 0x8000, UUID.randomUUID().getLeastSignificantBits());
        database.run(
                "INSERT INTO broadcast_messages (id, kind, user_id, device_id, recipient_phone, type, message, time_zone,"
                        + " scheduled_at, due_at, status, try_no, sent_at)"
                        + " VALUES ($1, 'direct', $2, $3, $4, 'text', $5, 'Asia/Kuala_Lumpur', now(), now(), 'sent', 1, now())",
                id,
                of.value(),
                UUID.randomUUID(),
                to.digits(),
                text);
    }

    /** What this service answers. */
    private List<String> asked(UserId by, PhoneNumber phone) {
        PersonRequest request =
                new PersonRequest(UUID.randomUUID(), by, phone, Instant.now(), PersonRequest.Wish.EXPORT, List.of());
        publisher.publish(List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        await().until(() -> !answers(request).isEmpty());
        PersonAnswer answer = answers(request).getFirst();
        assertThat(answer.service()).isEqualTo("dispatch-service");
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
