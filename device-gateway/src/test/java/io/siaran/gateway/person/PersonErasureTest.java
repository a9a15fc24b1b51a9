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
    private static final PhoneNumber BUDI = new PhoneNumber("60187654012");
    private static final String LID = "187654011000777";

    @Inject
    Publisher publisher;

    @Inject
    Database database;

    @Inject
    PersonIntake intake;

    private final UUID merah = UUID.randomUUID();

    @Test
    void who_is_erased_is_nowhere_to_be_read_and_what_was_tried_keeps_its_outcome() {
        // Given
        device();
        suppress();
        UUID sent = accepted(ANI, "3EB0A1");
        UUID named = accepted(ANI, "true_" + ANI + "@c.us_3EB0A2");
        accepted(BUDI, "3EB0B1");
        reply(ANI.digits(), null, "Berapa harga kasut itu?");
        reply(null, LID, "Saya lagi, Ani Unik");
        reply(BUDI.digits(), null, "Terima kasih");
        database.run("INSERT INTO lid_phones VALUES ($1, $2, $3, now())", merah, LID, ANI.digits());
        database.run("INSERT INTO recent_inbound VALUES ($1, $2, now())", merah, ANI.digits());
        database.run("INSERT INTO checked_numbers VALUES ($1, $2, true, now())", USER.value(), ANI.digits());

        // When
        PersonAnswer first = erased(PersonRequest.Wish.ERASE);
        assertThat(tablesWith(ANI.digits())).containsExactly("suppressions");
        PersonAnswer last = erased(PersonRequest.Wish.FORGET);

        // Then
        assertThat(first.facts())
                .containsExactlyInAnyOrder(
                        "{\"what\":\"replies\",\"rows\":2}",
                        "{\"what\":\"last_replies\",\"rows\":1}",
                        "{\"what\":\"hidden_ids\",\"rows\":1}",
                        "{\"what\":\"sent_messages\",\"rows\":2}",
                        "{\"what\":\"tries\",\"rows\":2}",
                        "{\"what\":\"number_checks\",\"rows\":1}");
        assertThat(first.last()).isFalse();
        assertThat(last.last()).isTrue();
        for (String trace :
                List.of(ANI.digits(), LID, "Berapa harga kasut itu", "Saya lagi, Ani Unik", "Hi 60187654011")) {
            await().untilAsserted(() -> assertThat(tablesWith(trace)).as(trace).isEmpty());
        }
        assertThat(tablesWith(BUDI.digits())).contains("send_journal", "sent_messages", "inbound_messages");
        assertThat(states(sent, named)).containsExactly("accepted", "accepted");
    }

    @Test
    void whom_a_number_wrote_to_is_told_to_whose_it_was_then_and_is_erased_of_every_number_that_there_was() {
        // Given
        device();
        suppress();
        String once = hadNumber(UUID.randomUUID().toString(), merah, "2 days");
        String strangers = hadNumber(UUID.randomUUID().toString(), merah, "1 day");
        UUID hijau = UUID.randomUUID();
        device(hijau, "stranger");
        hadNumber(strangers, hijau, "1 hour");
        wroteTo(once, "2 hours");
        wroteTo(strangers, "10 minutes");

        // When
        List<String> written = new ArrayList<>();
        database.run(intake.kept(), USER.value(), ANI.digits()).forEach(row -> written.add(row.getString(0)));
        erased(PersonRequest.Wish.ERASE);

        // Then
        assertThat(written.stream().filter(fact -> fact.contains("written_to"))).hasSize(1);
        assertThat(tablesWith(ANI.digits())).containsExactly("suppressions");
    }

    @Test
    void whom_a_number_wrote_to_is_told_to_whom_it_came_back() {
        // Given
        device();
        UUID hijau = UUID.randomUUID();
        device(hijau, "stranger");
        String number = hadNumber(UUID.randomUUID().toString(), merah, "2 days");
        hadNumber(number, hijau, "1 day");

        // When
        for (int i = 0; i < 2; i++) {
            database.run("SELECT take_number($1, decode(replace($2, '-', ''), 'hex'))", merah, number);
        }
        wroteTo(number, "0 seconds");

        // Then
        assertThat(database.run(intake.kept(), USER.value(), ANI.digits()))
                .anyMatch(row -> row.getString(0).contains("written_to"));
        assertThat(database.run(
                                "SELECT FROM device_numbers WHERE fingerprint = decode(replace($1, '-', ''), 'hex')",
                                number)
                        .rowCount())
                .isEqualTo(3);
    }

    @Test
    void nobody_is_erased_while_they_are_being_written_to() {
        // Given
        device();
        suppress();
        UUID message = started(ANI);
        PersonRequest request = request(PersonRequest.Wish.ERASE);
        publisher.publish(List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        await().until(() -> !tablesWith(request.id().toString()).isEmpty());

        // When
        intake.eraseWhomItCan();

        // Then
        assertThat(tablesWith("Hi 60187654011")).contains("send_journal");
        database.run("UPDATE send_journal SET state = 'unknown', ended_at = now() WHERE message_id = $1", message);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            lookAgain();
            assertThat(tablesWith("Hi 60187654011")).isEmpty();
        });
    }

    /** The next look, which comes seconds after one that found something under way. */
    private void lookAgain() {
        database.run("UPDATE person_erasures SET due_at = clock_timestamp() WHERE done_at IS NULL");
        intake.eraseWhomItCan();
    }

    private void suppress() {
        database.run(
                "INSERT INTO suppressions VALUES ($1, $2, 1, false) ON CONFLICT DO NOTHING",
                USER.value(),
                ANI.digits());
    }

    private void device() {
        device(merah, USER.value());
    }

    private void device(UUID id, String user) {
        database.run(
                "INSERT INTO devices (id, user_id, name, platform, base_url, credential, fingerprint, condition, status,"
                        + " status_since, status_reason, time_zone, anti_spam, next_check_at, version, created_at, updated_at)"
                        + " VALUES ($1, $2, 'Merah', 'wablas', 'https://wablas.invalid', '\\x00', decode(replace($1::text, '-', ''), 'hex'),"
                        + " 'paused', 'paused', now(), 'resting', 'Asia/Kuala_Lumpur', 'off', 'infinity', 1, now(), now())",
                id,
                user);
    }

    /** @return the number */
    private String hadNumber(String number, UUID device, String ago) {
        database.run(
                "INSERT INTO device_numbers VALUES (decode(replace($1, '-', ''), 'hex'), $2, now() - $3::text::interval)",
                number,
                device,
                ago);
        return number;
    }

    private void wroteTo(String number, String ago) {
        database.run(
                "INSERT INTO contacted_people VALUES (decode(replace($1, '-', ''), 'hex'), $2, now() - $3::text::interval)",
                number,
                ANI.digits(),
                ago);
    }

    private UUID started(PhoneNumber to) {
        UUID message = UUID.randomUUID();
        database.run(
                "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,"
                        + " sent_text, phone) VALUES ($1, 1, $2, $3, 'started', $1, now(), now() + interval '1 hour', $4, $5)",
                message,
                merah,
                USER.value(),
                "Hi " + to,
                to.digits());
        return message;
    }

    private UUID accepted(PhoneNumber to, String providerId) {
        UUID message = started(to);
        database.run(
                "UPDATE send_journal SET state = 'accepted', ended_at = now(), provider_message_id = $2 WHERE message_id = $1",
                message,
                providerId);
        return message;
    }

    private void reply(String phone, String lid, String text) {
        database.run(
                "INSERT INTO inbound_messages (id, user_id, device_id, provider_id, phone, lid, type, text, at,"
                        + " received_at) VALUES ($1, $2, $3, $1::text, $4, $5, 'text', $6, now(), now())",
                UUID.randomUUID(),
                USER.value(),
                merah,
                phone,
                lid,
                text);
    }

    private List<String> states(UUID... messages) {
        List<String> states = new ArrayList<>();
        database.run("SELECT state FROM send_journal WHERE message_id = ANY ($1::uuid[])", (Object) messages)
                .forEach(row -> states.add(row.getString("state")));
        return states;
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
