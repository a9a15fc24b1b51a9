package io.siaran.dispatch.person;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.Reconciliation;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.TopicLog;
import io.siaran.model.Attributes;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.Content;
import io.siaran.model.InboundMessage;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.PersonAnswer;
import io.siaran.model.PersonRequest;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Recipient;
import io.siaran.model.Suppression;
import io.siaran.model.TargetStatus;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real Kafka and PostgreSQL: somebody is forgotten, and stays opted out. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PersonErasureTest {

    private static final UserId USER = Cast.AMINAH;
    private static final LeadId LEAD = Cast.ANI;
    /** Of nobody else in any test, so that every trace is this person's. */
    private static final PhoneNumber ANI =
            new PhoneNumber("6017" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999));

    private static final String NAME = "Siti " + ANI;

    @Inject
    Stage stage;

    @Inject
    Publisher publisher;

    @Inject
    Database database;

    @Inject
    PersonIntake intake;

    @Inject
    Reconciliation reconciliation;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        database.run("DELETE FROM erased_people");
    }

    @Test
    void who_is_erased_is_nowhere_to_be_read_and_every_count_stays() {
        // Given
        listen();
        lead();
        BroadcastMessage sent = sent();
        replyAndWalk();
        stage.suppress(USER, ANI.digits());
        BroadcastMessage unwanted = toAni(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        stage.store(unwanted);
        var before = stage.statuses();

        // When
        PersonAnswer first = erased(PersonRequest.Wish.ERASE);
        assertThat(tablesWith(ANI.digits())).contains("suppressions");
        PersonAnswer last = erased(PersonRequest.Wish.FORGET);

        // Then
        assertThat(first.last()).isFalse();
        assertThat(first.facts())
                .contains(
                        "{\"what\":\"messages\",\"rows\":2}",
                        "{\"what\":\"replies\",\"rows\":1}",
                        "{\"what\":\"sequence_walks\",\"rows\":1}",
                        "{\"what\":\"projected_leads\",\"rows\":1}");
        assertThat(last.last()).isTrue();
        await().untilAsserted(() -> assertThat(tablesWith(ANI.digits())).isEmpty());
        assertThat(stage.status(sent.id())).isEqualTo("sent");
        assertThat(stage.statuses()).isEqualTo(before);
        stage.assertCountsAddUp();
    }

    @Test
    void nobody_is_erased_while_a_message_to_them_is_in_flight() {
        // Given
        BroadcastMessage ani = toAni(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        stage.store(ani);
        stage.release();
        stage.suppress(USER, ANI.digits());
        PersonRequest request = request(PersonRequest.Wish.ERASE);
        publisher.publish(List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        await().until(() -> !tablesWith(request.id().toString()).isEmpty());

        // When
        intake.eraseWhomItCan();

        // Then
        assertThat(stage.row(ani.id()).getString("recipient_phone")).isEqualTo(ANI.digits());
        database.run(
                "UPDATE broadcast_messages SET status = 'failed', failure_reason = 'suppressed', lease_until = NULL,"
                        + " recall_at = NULL, max_pause = NULL WHERE id = $1",
                ani.id().value());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            lookAgain();
            return !answers(request).isEmpty();
        });
        assertThat(stage.row(ani.id()).getString("recipient_phone")).isEqualTo(PhoneNumber.NOBODY.digits());
    }

    @Test
    void nobody_is_erased_while_an_action_on_all_messages_to_them_is_under_way() {
        // Given
        stage.suppress(USER, ANI.digits());
        database.run(
                "INSERT INTO bulk_actions (id, user_id, action, filter, matched)"
                        + " VALUES (gen_random_uuid(), $1, 'cancel', jsonb_build_object('phone', $2::text), 0)",
                USER.value(),
                ANI.digits());
        PersonRequest request = request(PersonRequest.Wish.ERASE);
        publisher.publish(List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        await().until(() -> !tablesWith(request.id().toString()).isEmpty());

        // When
        intake.eraseWhomItCan();

        // Then
        assertThat(database.run("SELECT FROM person_erasures WHERE request_id = $1 AND done_at IS NULL", request.id())
                        .rowCount())
                .isEqualTo(1);
        database.run("UPDATE bulk_actions SET done_at = now()");
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            lookAgain();
            return !answers(request).isEmpty();
        });
        assertThat(tablesWith(ANI.digits())).contains("suppressions").doesNotContain("bulk_actions");
    }

    @Test
    void nobody_is_erased_before_it_is_known_that_nothing_may_be_sent_to_them() {
        // Given
        PersonRequest request = request(PersonRequest.Wish.ERASE);
        publisher.publish(List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        await().until(() -> !tablesWith(request.id().toString()).isEmpty());

        // When
        intake.eraseWhomItCan();

        // Then
        assertThat(database.run("SELECT FROM person_erasures WHERE request_id = $1 AND done_at IS NULL", request.id())
                        .rowCount())
                .isEqualTo(1);
    }

    @Test
    void a_message_to_somebody_who_was_erased_is_not_sent() {
        // Given
        stage.suppress(USER, ANI.digits());
        erased(PersonRequest.Wish.ERASE);
        erased(PersonRequest.Wish.FORGET);
        BroadcastMessage ani = toAni(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        BroadcastMessage budi = Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo());

        // When
        stage.store(ani, budi);

        // Then
        assertThat(stage.row(ani.id()).getString("failure_reason")).isEqualTo("suppressed");
        assertThat(stage.status(budi.id())).isEqualTo("pending");
    }

    @Test
    void an_old_word_that_an_opt_out_was_lifted_opens_no_door_to_somebody_who_was_erased() {
        // Given
        stage.suppress(USER, ANI.digits());
        erased(PersonRequest.Wish.ERASE);
        erased(PersonRequest.Wish.FORGET);
        database.run(
                "INSERT INTO suppressions (user_id, phone, version, deleted) VALUES ($1, $2, 1, true)",
                USER.value(),
                ANI.digits());
        BroadcastMessage ani = toAni(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));

        // When
        stage.store(ani);

        // Then
        assertThat(stage.row(ani.id()).getString("failure_reason")).isEqualTo("suppressed");
    }

    @Test
    void an_opt_out_that_was_lifted_after_the_erasure_stays_lifted() {
        // Given
        listen();
        stage.suppress(USER, ANI.digits());
        erased(PersonRequest.Wish.ERASE);
        erased(PersonRequest.Wish.FORGET);
        Suppression lifted = new Suppression(USER, ANI, null, Instant.now(), 3, true);
        publisher.publish(List.of(new OutboxRecord(Topic.SUPPRESSIONS, lifted.key(), lifted)));
        await().until(() -> tablesWith(ANI.digits()).contains("suppressions"));
        BroadcastMessage ani = toAni(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));

        // When
        stage.store(ani);

        // Then
        assertThat(stage.status(ani.id())).isEqualTo("pending");
        assertThat(stage.rows("SELECT FROM suppressions WHERE phone = $1 AND NOT deleted", ANI.digits()))
                .isEmpty();
        assertThat(stage.rows("SELECT FROM erased_people")).isEmpty();
        assertThat(tablesWith("lead.opted_out")).isEmpty();
    }

    @Test
    void a_reply_that_is_told_again_does_not_write_down_who_was_erased_since() {
        // Given
        listen();
        stage.suppress(USER, ANI.digits());
        InboundMessage before = reply("Ini " + NAME);
        tell(before);
        await().until(() -> tablesWith(NAME).contains("replies"));
        erased(PersonRequest.Wish.ERASE);
        erased(PersonRequest.Wish.FORGET);
        assertThat(tablesWith(ANI.digits())).isEmpty();

        // When
        InboundMessage since = reply("Apa khabar?");
        tell(before, since);

        // Then
        await().until(() -> tablesWith(since.text()).contains("replies"));
        assertThat(tablesWith(NAME)).isEmpty();
        assertThat(tablesWith(before.id().toString())).isEmpty();
    }

    @Test
    void what_a_receiver_of_events_echoed_of_the_person_is_erased() {
        // Given
        listen();
        BroadcastMessage sent = sent();
        BroadcastMessage toBudi = Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo());
        delivered(1, sent, "thanks for " + ANI);
        delivered(2, toBudi, "thanks for Budi");
        stage.suppress(USER, ANI.digits());

        // When
        erased(PersonRequest.Wish.ERASE);

        // Then
        assertThat(stage.rows("SELECT answer, error FROM webhook_deliveries WHERE position = 1"))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("answer") + row.getString("error"))
                        .isEqualTo("nullnull"));
        assertThat(stage.rows("SELECT answer, error FROM webhook_deliveries WHERE position = 2"))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("answer") + row.getString("error"))
                        .isEqualTo("thanks for Budithanks for Budi"));
    }

    @Test
    void what_a_receiver_answers_while_the_person_is_being_erased_is_erased_or_not_kept() {
        // Given
        listen();
        BroadcastMessage sent = sent();
        delivered(1, sent, "in flight");
        database.run("UPDATE webhook_deliveries SET status = 'pending', answer = NULL, error = NULL");
        Row lane = database.run("INSERT INTO webhook_lanes (webhook_id, subject, claims)"
                        + " SELECT webhook_id, subject, nextval('webhook_claims') FROM webhook_deliveries"
                        + " RETURNING webhook_id, subject, claims")
                .iterator()
                .next();
        stage.suppress(USER, ANI.digits());
        CompletableFuture<PersonAnswer> answer = new CompletableFuture<>();

        // When
        database.doInTransaction(tx -> {
            tx.run("SELECT FROM webhook_lanes FOR UPDATE");
            Thread.ofVirtual().start(() -> answer.complete(erased(PersonRequest.Wish.ERASE)));
            await().until(() -> anyWaitsForALane() || answer.isDone());
            tx.run("UPDATE webhook_deliveries SET answer = 'thanks for " + ANI + "'");
        });
        assertThat(answer).succeedsWithin(Duration.ofSeconds(20));
        record(lane, "again thanks for " + ANI);

        // Then
        assertThat(stage.rows("SELECT answer FROM webhook_deliveries"))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("answer")).isNull());
    }

    /** A claim that began before has read what was not erased yet, and looks at nothing again but when its lanes are due. */
    @Test
    void what_waits_about_a_person_is_not_claimed_as_it_was_before_the_erasure() {
        // Given
        listen();
        delivered(1, sent(), "thanks");
        database.run(
                "INSERT INTO webhook_lanes (webhook_id, subject) SELECT webhook_id, subject FROM webhook_deliveries");

        // When
        database.doInTransaction(tx -> intake.keepOthersOut(tx, USER, ANI));

        // Then
        assertThat(stage.rows("SELECT due_at > clock_timestamp() AS later FROM webhook_lanes"))
                .singleElement()
                .satisfies(lane -> assertThat(lane.getBoolean("later")).isTrue());
    }

    /** Whoever locked deliveries first and their lanes then would wait for an erasure, and the erasure for it. */
    @Test
    void sending_again_waits_for_an_erasure_and_not_the_erasure_for_it() throws Exception {
        // Given
        listen();
        delivered(1, sent(), "thanks for " + ANI);
        Row delivery = database.run("INSERT INTO webhook_lanes (webhook_id, subject)"
                        + " SELECT webhook_id, subject FROM webhook_deliveries RETURNING webhook_id")
                .iterator()
                .next();
        CompletableFuture<Integer> replayed = new CompletableFuture<>();

        // When
        database.doInTransaction(tx -> {
            intake.keepOthersOut(tx, USER, ANI);
            Thread.ofVirtual().start(() -> replayed.complete(replay(delivery.getUUID("webhook_id"))));
            await().until(() -> anyWaits() || anyWaitsForALane() || replayed.isDone());
            tx.run("UPDATE webhook_deliveries SET answer = NULL, error = NULL");
        });

        // Then
        assertThat(replayed.get(20, TimeUnit.SECONDS)).isEqualTo(202);
        assertThat(stage.rows("SELECT status, answer FROM webhook_deliveries"))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("status") + row.getString("answer"))
                        .isEqualTo("pendingnull"));
    }

    /** The number before it was corrected may be somebody else's, who was written to. */
    @Test
    void what_was_sent_to_the_number_that_the_lead_had_before_it_was_corrected_stays() {
        // Given
        lead();
        BroadcastMessage toTheOldNumber = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        stage.store(toTheOldNumber);
        database.run(
                "UPDATE broadcast_messages SET status = 'sent', sent_at = now() WHERE id = $1",
                toTheOldNumber.id().value());
        stage.suppress(USER, ANI.digits());

        // When
        erased(PersonRequest.Wish.ERASE);

        // Then
        assertThat(stage.row(toTheOldNumber.id()).getString("recipient_phone"))
                .isEqualTo(Cast.phone(Cast.ANI).digits());
        assertThat(stage.row(toTheOldNumber.id()).getString("message")).isNotEmpty();
    }

    @Test
    void a_lead_that_gets_the_phone_of_somebody_who_was_erased_takes_no_message_there() {
        // Given
        stage.suppress(USER, ANI.digits());
        erased(PersonRequest.Wish.ERASE);
        erased(PersonRequest.Wish.FORGET);
        snapshot(Long.MAX_VALUE - 1, Cast.phone(LEAD));
        BroadcastMessage budi = Cast.campaign(Cast.MERAH, LEAD, 1);
        stage.store(budi);

        // When
        snapshot(Long.MAX_VALUE, ANI);

        // Then
        await().untilAsserted(() -> {
            reconciliation.reconcile(10);
            assertThat(stage.row(budi.id()).getString("failure_reason")).isEqualTo("suppressed");
        });
    }

    @Test
    void whoever_writes_a_phone_down_waits_for_an_erasure_of_the_same_user() throws Exception {
        // Given
        stage.suppress(USER, ANI.digits());
        erased(PersonRequest.Wish.ERASE);
        BroadcastMessage ani = toAni(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        CompletableFuture<Void> storing = new CompletableFuture<>();

        // When
        database.doInTransaction(tx -> {
            intake.keepOthersOut(tx, USER, ANI);
            intake.forgetSuppression(tx, USER, ANI);
            Thread.ofVirtual().start(() -> {
                stage.store(ani);
                storing.complete(null);
            });
            await().until(() -> anyWaits() || storing.isDone());
            assertThat(storing).isNotDone();
        });

        // Then
        storing.get(20, TimeUnit.SECONDS);
        assertThat(stage.row(ani.id()).getString("failure_reason")).isEqualTo("suppressed");
    }

    @Test
    void what_was_on_its_way_to_a_lead_whose_person_was_erased_is_counted_and_says_nothing() {
        // Given
        listen();
        lead();
        stage.suppress(USER, ANI.digits());
        erased(PersonRequest.Wish.ERASE);
        erased(PersonRequest.Wish.FORGET);

        // When
        BroadcastMessage late = toAni(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.store(late);

        // Then
        assertThat(stage.row(late.id()).getString("failure_reason")).isEqualTo("lead_deleted");
        assertThat(tablesWith(ANI.digits())).isEmpty();
        stage.assertCountsAddUp();
    }

    @Test
    void an_event_that_gets_its_number_meanwhile_is_erased_too() {
        // Given
        listen();
        lead();
        BroadcastMessage sent = sent();
        stage.suppress(USER, ANI.digits());
        CompletableFuture<PersonAnswer> answer = new CompletableFuture<>();

        // When
        database.doInTransaction(tx -> {
            tx.run("SELECT pg_advisory_xact_lock(hashtext('siaran-dispatch-events')::bigint)");
            tx.run(
                    "WITH taken AS (DELETE FROM new_events WHERE user_id = $1 RETURNING *)"
                            + " INSERT INTO events (user_id, position, id, type, subject, at, data)"
                            + " SELECT user_id, n + 1000000, id, type, subject, at, data FROM taken",
                    USER.value());
            Thread.ofVirtual().start(() -> answer.complete(erased(PersonRequest.Wish.ERASE)));
            await().until(() -> anyWaits() || answer.isDone());
        });

        // Then
        assertThat(answer).succeedsWithin(Duration.ofSeconds(20));
        assertThat(database.run("SELECT FROM events WHERE data LIKE $1", "%" + ANI + "%")
                        .rowCount())
                .isZero();
    }

    private static BroadcastMessage toAni(BroadcastMessage m) {
        return new BroadcastMessage(
                m.id(),
                m.userId(),
                m.deviceId(),
                m.cause(),
                new Recipient(ANI, NAME),
                Content.of("Hi " + NAME + ", 50% off", null, "ecommerce", null),
                m.pace(),
                m.schedule());
    }

    private void lead() {
        database.run(
                "INSERT INTO leads (id, user_id, device_id, phone, name, version, deleted) VALUES ($1, $2, $3, $4, $5, 1, false)",
                LEAD.value(),
                USER.value(),
                Cast.MERAH.value(),
                ANI.digits(),
                NAME);
    }

    private BroadcastMessage sent() {
        BroadcastMessage message = toAni(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.store(message);
        stage.release();
        database.run(
                "UPDATE broadcast_messages SET status = 'sent', sent_at = now(), sent_text = 'Hi " + NAME
                        + ", 50% off'," + " lease_until = NULL, recall_at = NULL, max_pause = NULL WHERE id = $1",
                message.id().value());
        return message;
    }

    private static InboundMessage reply(String text) {
        return new InboundMessage(UUID.randomUUID(), USER, Cast.MERAH, ANI, NAME, "text", text, Instant.now());
    }

    private void tell(InboundMessage... replies) {
        publisher.publish(Stream.of(replies)
                .map(reply -> new OutboxRecord(
                        Topic.INBOUND_MESSAGES, reply.deviceId().toString(), reply))
                .toList());
    }

    /** An event about a message that arrived at the user's own system, which answered with what it was told. */
    private void delivered(long position, BroadcastMessage message, String answer) {
        UUID webhook = new UUID(0, 7);
        database.run(
                "INSERT INTO webhooks (id, user_id, url, events, enabled) VALUES ($1, $2, 'https://shop.example', '{}', true)"
                        + " ON CONFLICT DO NOTHING",
                webhook,
                USER.value());
        database.run(
                "INSERT INTO events (user_id, position, id, type, subject, at, data)"
                        + " VALUES ($1, $2, gen_random_uuid(), 'message.sent', $3, now(), '{}')",
                USER.value(),
                position,
                message.id().toString());
        database.run(
                "INSERT INTO webhook_deliveries (webhook_id, position, event_id, type, subject, status, code, answer, error)"
                        + " VALUES ($1, $2, gen_random_uuid(), 'message.sent', $3, 'delivered', 200, $4, $4)",
                webhook,
                position,
                message.id().toString(),
                answer);
    }

    /** The status with which the user is answered who has the deliveries of a webhook sent again. */
    private static int replay(UUID webhook) {
        return given().auth()
                .oauth2(TestServers.token(USER.value(), "operator"))
                .contentType(ContentType.JSON)
                .body("{\"from\": \"2026-01-01T00:00:00Z\", \"status\": \"delivered\"}")
                .post("/api/v1/webhooks/" + webhook + "/replay")
                .statusCode();
    }

    /** What became of the claim of a lane, as the process that made it writes it down. */
    private void record(Row lane, String answer) {
        database.run(
                Sql.load(Stage.class, "webhook/record.sql"),
                new UUID[] {lane.getUUID("webhook_id")},
                new String[] {lane.getString("subject")},
                new Long[] {lane.getLong("claims")},
                new Long[] {0L},
                new Long[] {1L},
                new String[] {"delivered"},
                new Long[] {0L},
                new Integer[] {200},
                new Integer[] {7},
                new String[] {answer},
                new String[] {null},
                new String[] {"https://shop.example"});
    }

    private void snapshot(long version, PhoneNumber of) {
        LeadSnapshot lead = new LeadSnapshot(
                LEAD,
                USER,
                Cast.MERAH,
                of,
                "Budi",
                "ecommerce",
                TargetStatus.CUSTOMER,
                List.of(),
                Attributes.NONE,
                List.of(),
                version,
                false);
        publisher.publish(List.of(new OutboxRecord(Topic.LEADS, LEAD.toString(), lead)));
        await().until(() ->
                database.run("SELECT FROM leads WHERE version = $1", version).rowCount() > 0);
    }

    private boolean anyWaits() {
        return database.run("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                        .rowCount()
                > 0;
    }

    private boolean anyWaitsForALane() {
        return database.run("SELECT FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%webhook_lanes%'")
                        .rowCount()
                > 0;
    }

    /** Then events are kept of this user. */
    private void listen() {
        database.run(
                "INSERT INTO event_listeners (user_id) VALUES ($1) ON CONFLICT (user_id) DO UPDATE SET listening = true",
                USER.value());
    }

    private void replyAndWalk() {
        database.run(
                "INSERT INTO replies (id, user_id, device_id, phone, at, type, text)"
                        + " VALUES (gen_random_uuid(), $1, $2, $3, now(), 'text', 'Ini " + NAME + ", berapa harga?')",
                USER.value(),
                Cast.MERAH.value(),
                ANI.digits());
        database.run(
                "INSERT INTO walks (sequence_id, lead_id, assignment, what, user_id, at)"
                        + " VALUES (gen_random_uuid(), $1, 1, 'entered', $2, now())",
                LEAD.value(),
                USER.value());
        database.run(
                "INSERT INTO events (user_id, position, id, type, subject, at, data)"
                        + " SELECT user_id, n + 1000000, id, type, subject, at, data FROM new_events WHERE user_id = $1",
                USER.value());
        database.run("DELETE FROM new_events WHERE user_id = $1", USER.value());
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
