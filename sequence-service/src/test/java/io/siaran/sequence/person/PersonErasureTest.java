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
import io.siaran.model.LeadId;
import io.siaran.model.PersonAnswer;
import io.siaran.model.PersonRequest;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Real Kafka and PostgreSQL: somebody is forgotten. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PersonErasureTest {

    private static final UserId USER = new UserId("erasure-" + UUID.randomUUID());
    private static final LeadId LEAD = new LeadId(UUID.randomUUID());
    private static final PhoneNumber ANI = new PhoneNumber("60187654011");

    @Inject
    Publisher publisher;

    @Inject
    Database database;

    @Inject
    PersonIntake intake;

    @Test
    void who_walks_is_forgotten_once_nothing_more_is_sent_and_the_walk_stays() {
        // Given
        UUID walk = walk();
        database.run("INSERT INTO suppressions VALUES ($1, $2, 1, false)", USER.value(), ANI.digits());
        PersonRequest early = request(PersonRequest.Wish.ERASE);
        publisher.publish(List.of(new OutboxRecord(Topic.PERSON_REQUESTS, early.key(), early)));
        await().until(() -> !tablesWith(early.id().toString()).isEmpty());
        intake.eraseWhomItCan();
        assertThat(tablesWith(ANI.digits())).contains("leads", "enrolments");

        // When
        database.run(
                "UPDATE enrolments SET status = 'left', left_reason = 'suppressed', ended_at = now() WHERE id = $1",
                walk);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            lookAgain();
            return !answers(early).isEmpty();
        });
        PersonAnswer last = erased(PersonRequest.Wish.FORGET);

        // Then
        assertThat(answers(early).getFirst().last()).isFalse();
        assertThat(last.last()).isTrue();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            intake.eraseWhomItCan();
            assertThat(tablesWith(ANI.digits())).isEmpty();
        });
        assertThat(tablesWith("Ani binti Abu")).isEmpty();
        assertThat(database.run("SELECT FROM enrolments WHERE id = $1 AND status = 'left'", walk)
                        .rowCount())
                .isEqualTo(1);
    }

    private UUID walk() {
        UUID sequence = UUID.randomUUID();
        UUID walk = UUID.randomUUID();
        database.run(
                "INSERT INTO leads (id, user_id, device_id, phone, name, niches, target_status, attributes, version, deleted)"
                        + " VALUES ($1, $2, $3, $4, 'Ani binti Abu', '{}', 'prospect', '{}', 1, false)",
                LEAD.value(),
                USER.value(),
                UUID.randomUUID(),
                ANI.digits());
        database.run(PersonIntakeTest.SEQUENCE, sequence, USER.value());
        database.run(
                "INSERT INTO enrolments (id, user_id, sequence_id, lead_id, tokens, person, entered_status, entry_step_id,"
                        + " time_zone, status, entered_at, chain_id)"
                        + " VALUES ($1, $2, $3, $4, '{}', $5, 'prospect', $1, 'UTC', 'open', now(), $1)",
                walk,
                USER.value(),
                sequence,
                LEAD.value(),
                ANI.digits());
        return walk;
    }

    /** The next look, which comes seconds after one that found something under way. */
    private void lookAgain() {
        database.run("UPDATE person_erasures SET due_at = clock_timestamp() WHERE done_at IS NULL");
        intake.eraseWhomItCan();
    }

    private PersonAnswer erased(PersonRequest.Wish wish) {
        PersonRequest request = request(wish);
        publisher.publish(List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            intake.eraseWhomItCan();
            return !answers(request).isEmpty();
        });
        return answers(request).getFirst();
    }

    private PersonRequest request(PersonRequest.Wish wish) {
        return new PersonRequest(UUID.randomUUID(), USER, ANI, Instant.now(), wish, List.of(LEAD));
    }

    private static List<PersonAnswer> answers(PersonRequest request) {
        return TopicLog.of(Topic.PERSON_ANSWERS.topicName())
                .records(request.id().toString())
                .stream()
                .map(record -> Json.read(record.value(), PersonAnswer.class))
                .toList();
    }

    /** The tables in which anybody could read this. */
    private List<String> tablesWith(String text) {
        List<String> found = new ArrayList<>();
        for (Row table : database.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
            String name = table.getString("tablename");
            if (database.run("SELECT FROM " + name + " AS r WHERE r::text LIKE $1 LIMIT 1", "%" + text + "%")
                            .rowCount()
                    > 0) {
                found.add(name);
            }
        }
        return found;
    }
}
