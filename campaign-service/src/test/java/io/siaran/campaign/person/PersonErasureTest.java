package io.siaran.campaign.person;

import static io.siaran.campaign.Cast.lead;
import static io.siaran.campaign.Cast.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.TopicLog;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.PersonAnswer;
import io.siaran.model.PersonRequest;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Real Kafka and PostgreSQL; the other three services are played. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PersonErasureTest {

    private static final String PATH = "/api/v1/leads/person-erasures";
    private static final List<String> OTHERS = List.of("sequence-service", "dispatch-service", "device-gateway");

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    PersonAnswerIntake answers;

    @Inject
    PersonIntake intake;

    @Inject
    TellErasuresAgain again;

    private final String user = Cast.newUser();
    private final String phone = "6017" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
    private final String other = "6016" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);

    @Test
    void who_is_erased_is_nowhere_to_be_read_and_is_still_opted_out_when_imported_again() {
        // Given
        DeviceId merah = cast.device(user);
        LeadId ani =
                lead(user, Map.of("device_id", merah, "phone", phone, "name", "Ani Unik-" + phone, "niche", "gym"));
        lead(user, merah, other);
        database.run("INSERT INTO written_people VALUES ($1, $2, now())", user, phone);
        database.run(
                "INSERT INTO early_replies VALUES ($1, $2, $3, now(), now(), now() + interval '1 hour')",
                user,
                merah.value(),
                phone);
        database.run(
                "INSERT INTO opt_out_replies (id, user_id, device_id, phone, text, verdict, written_at)"
                        + " VALUES (gen_random_uuid(), $1, $2, $3, 'STOP 12345', 'doubtful', now())",
                user,
                merah.value(),
                phone);
        operator(user)
                .body("{\"phone\": \"" + phone + "\"}")
                .post("/api/v1/leads/person-exports")
                .then()
                .statusCode(202);

        // When
        String id = erase(phone);
        String again = erase("+" + phone);

        // Then
        assertThat(again).isEqualTo(id);
        await().untilAsserted(() -> get(id).body("services[0].erased.leads", equalTo(1))
                .body("services[0].erased.opt_out_replies", equalTo(1))
                .body("services[0].erased.exports", equalTo(1))
                .body("services[0].finished", equalTo(false)));
        operator(user).get("/api/v1/suppressions/" + phone).then().statusCode(200);
        assertThat(requests(PersonRequest.Wish.FORGET)).isEmpty();
        OTHERS.forEach(service -> tell(id, service, 0, false, "{\"what\":\"messages\",\"rows\":3}"));
        await().untilAsserted(() -> assertThat(requests(PersonRequest.Wish.FORGET))
                .singleElement()
                .satisfies(request -> assertThat(request.leadIds()).containsExactly(ani)));
        await().untilAsserted(() -> get(id).body("services[0].finished", equalTo(true)));
        String tag = get(id).body("status", equalTo("running")).extract().header("ETag");
        OTHERS.forEach(service -> tell(id, service, 1, true, "{\"what\":\"messages\",\"rows\":1}"));
        get(id).header("ETag", not(equalTo(tag)))
                .body("status", equalTo("done"))
                .body("updated_at", notNullValue())
                .body("ended_at", notNullValue())
                .body("services[2].erased.messages", equalTo(4));
        await().untilAsserted(() -> assertThat(tablesWith(phone)).isEmpty());
        assertThat(tablesWith(other)).contains("leads");
        operator(user).get("/api/v1/leads/" + ani).then().statusCode(404);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(cast.published(Topic.LEADS, ani, LeadSnapshot.class)
                                .getLast())
                        .satisfies(last -> assertThat(last.deleted()).isTrue())
                        .satisfies(last -> assertThat(last.phone()).isEqualTo(PhoneNumber.NOBODY))
                        .satisfies(last -> assertThat(last.name()).isEmpty()));
        assertThat(suppressions().getLast().value()).isNull();

        // When
        LeadId back = lead(user, Map.of("device_id", merah, "phone", phone, "name", "Ani", "niche", "gym"));

        // Then
        operator(user).get("/api/v1/leads/" + back).then().body("opted_out", equalTo(true));
        await().untilAsserted(() -> assertThat(suppressions().getLast().value()).contains("\"deleted\":false"));
        operator(user).delete("/api/v1/suppressions/" + phone).then().statusCode(204);
        operator(user).get("/api/v1/leads/" + back).then().body("opted_out", equalTo(false));
    }

    @Test
    void a_lead_that_is_written_while_its_person_is_being_forgotten_is_opted_out() throws Exception {
        // Given
        DeviceId merah = cast.device(user);
        cast.suppress(user, phone);
        CompletableFuture<LeadId> adding = new CompletableFuture<>();

        // When
        database.doInTransaction(tx -> {
            intake.keepOthersOut(tx, new UserId(user), new PhoneNumber(phone));
            tx.run(intake.erase(), user, phone, new UUID[0]);
            Thread.ofVirtual().start(() -> adding.complete(lead(user, merah, phone)));
            await().until(() -> anybodyWaits() || adding.isDone());
            assertThat(adding).isNotDone();
            intake.forgetSuppression(tx, new UserId(user), new PhoneNumber(phone));
        });

        // Then
        LeadId back = adding.get(20, TimeUnit.SECONDS);
        operator(user).get("/api/v1/leads/" + back).then().body("opted_out", equalTo(true));
    }

    @Test
    void somebody_who_opts_out_or_in_by_the_phone_after_being_erased_is_the_same_person() {
        // Given
        String id = erase(phone);
        await().untilAsserted(() -> get(id).body("services[0].erased.leads", equalTo(0)));
        OTHERS.forEach(service -> tell(id, service, 0, false));
        await().untilAsserted(() -> get(id).body("services[0].finished", equalTo(true)));
        OTHERS.forEach(service -> tell(id, service, 1, true));
        get(id).body("status", equalTo("done"));

        // When
        operator(user).delete("/api/v1/suppressions/" + phone).then().statusCode(204);

        // Then
        assertThat(database.run("SELECT FROM erased_people WHERE user_id = $1", user)
                        .rowCount())
                .isZero();
        operator(user).get("/api/v1/suppressions/" + phone).then().statusCode(404);
    }

    @Test
    void nobody_is_erased_while_a_run_that_may_have_them_is_on_its_way_to_dispatch() {
        // Given
        CampaignId raya = Cast.campaign(user, Map.of());
        database.run(
                "INSERT INTO fanouts (campaign_id, run, user_id, published, started_at, ended_at)"
                        + " VALUES ($1, 1, $2, 3, now() - interval '1 minute', now())",
                raya.value(),
                user);
        database.run("INSERT INTO run_progress (campaign_id, run, stored) VALUES ($1, 1, 2)", raya.value());

        // When
        String id = erase(phone);

        // Then
        await().until(() -> isNoted(id));
        intake.eraseWhomItCan();
        assertThat(isDone(id)).isFalse();
        database.run("UPDATE run_progress SET stored = 3 WHERE campaign_id = $1", raya.value());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            lookAgain();
            return isDone(id);
        });
    }

    @Test
    void a_run_that_never_comes_in_as_a_whole_is_waited_for_an_hour() {
        // Given
        CampaignId raya = Cast.campaign(user, Map.of());
        database.run(
                "INSERT INTO fanouts (campaign_id, run, user_id, published, started_at, ended_at)"
                        + " VALUES ($1, 1, $2, 3, now() - interval '2 hours', now())",
                raya.value(),
                user);
        String id = erase(phone);
        await().until(() -> isNoted(id));

        // When
        database.run(
                "UPDATE person_erasures SET asked_at = now() - interval '61 minutes' WHERE request_id = $1::uuid",
                UUID.fromString(id));

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            lookAgain();
            return isDone(id);
        });
    }

    @Test
    void what_a_service_of_the_version_before_tells_is_no_answer_and_it_is_asked_again() {
        // Given
        String id = erase(phone);
        await().untilAsserted(() -> get(id).body("services[0].erased.leads", equalTo(0)));

        // When
        OTHERS.forEach(service -> tell(id, service, 0, true, "{\"kind\":\"suppression\",\"phone\":\"60123456789\"}"));
        tell(id, "device-gateway", 0, true);

        // Then
        get(id).body("status", equalTo("running")).body("services.finished", not(hasItem(true)));
        assertThat(requests(PersonRequest.Wish.FORGET)).isEmpty();
        again.tellAgain();
        database.run(
                "UPDATE person_requests SET told_at = now() - interval '11 minutes' WHERE id = $1",
                UUID.fromString(id));
        again.tellAgain();
        again.tellAgain();
        await().untilAsserted(
                        () -> assertThat(requests(PersonRequest.Wish.ERASE)).hasSize(2));
        assertThat(requests(PersonRequest.Wish.ERASE))
                .allMatch(request -> request.id().equals(UUID.fromString(id)));
    }

    @Test
    void an_opt_out_of_somebody_of_whom_nothing_is_kept_is_newer_than_all_that_was_ever_told() {
        // Given
        long lastBefore = Instant.now().toEpochMilli();

        // When
        operator(user)
                .body(Map.of("phone", phone, "reason", "asked by phone"))
                .post("/api/v1/suppressions")
                .then()
                .statusCode(201);

        // Then
        await().untilAsserted(() -> assertThat(suppressions())
                .last()
                .satisfies(record -> assertThat(
                                Json.read(record.value(), Suppression.class).version())
                        .isGreaterThanOrEqualTo(lastBefore)));
    }

    @Test
    void an_erasure_is_its_users_and_says_not_whose_it_is() {
        // Given
        String id = erase(phone);
        String stranger = Cast.newUser();

        // Then
        operator(stranger).get(PATH + "/" + id).then().statusCode(404);
        operator(stranger).get(PATH).then().statusCode(200).body("items", hasSize(0));
        String list = operator(user)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("items.id", contains(id))
                .body("items[0].ended_at", nullValue())
                .extract()
                .asString();
        assertThat(list).doesNotContain(phone);
        Cast.as(user, "viewer").get(PATH + "/" + id).then().statusCode(403);
        operator(user)
                .body("{\"phone\": \"12\"}")
                .post(PATH)
                .then()
                .statusCode(400)
                .body("violations.field", contains("phone"));
    }

    @Test
    void a_service_that_does_not_answer_keeps_nobody_from_asking_for_longer_than_an_hour() {
        // Given
        String exports = "/api/v1/leads/person-exports";
        String body = "{\"phone\": \"" + phone + "\"}";
        for (int i = 0; i < PersonExports.MOST_RUNNING; i++) {
            operator(user).body(body).post(exports).then().statusCode(202);
        }
        operator(user).body(body).post(exports).then().statusCode(429);

        // When
        database.run("UPDATE person_requests SET asked_at = now() - interval '61 minutes' WHERE user_id = $1", user);

        // Then
        String late = operator(user)
                .get(exports)
                .then()
                .body("items[0].status", equalTo("late"))
                .extract()
                .path("items[0].id");
        operator(user)
                .get(exports + "/" + late + "/file")
                .then()
                .statusCode(200)
                .header("Content-Type", containsString("application/jsonl"));
        operator(user).body(body).post(exports).then().statusCode(202).body("status", equalTo("running"));
    }

    private String erase(String of) {
        return operator(user)
                .body("{\"phone\": \"" + of + "\"}")
                .post(PATH)
                .then()
                .statusCode(202)
                .body("status", equalTo("running"))
                .extract()
                .path("id");
    }

    /** The next look, which comes seconds after one that found something under way. */
    private void lookAgain() {
        database.run("UPDATE person_erasures SET due_at = clock_timestamp() WHERE done_at IS NULL");
        intake.eraseWhomItCan();
    }

    private boolean anybodyWaits() {
        return database.run("SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
                        .rowCount()
                > 0;
    }

    private boolean isNoted(String id) {
        return database.run("SELECT FROM person_erasures WHERE request_id = $1", UUID.fromString(id))
                        .rowCount()
                > 0;
    }

    private boolean isDone(String id) {
        return database.run(
                                "SELECT FROM person_erasures WHERE request_id = $1 AND done_at IS NOT NULL",
                                UUID.fromString(id))
                        .rowCount()
                > 0;
    }

    private ValidatableResponse get(String id) {
        return operator(user).get(PATH + "/" + id).then().statusCode(200);
    }

    private void tell(String id, String service, int part, boolean last, String... facts) {
        answers.apply(
                List.of(new PersonAnswer(UUID.fromString(id), new UserId(user), service, part, last, List.of(facts))));
    }

    private List<PersonRequest> requests(PersonRequest.Wish wish) {
        return cast.published(Topic.PERSON_REQUESTS, user + ":" + phone, PersonRequest.class).stream()
                .filter(request -> request.wish() == wish)
                .toList();
    }

    private List<ConsumerRecord<String, String>> suppressions() {
        return TopicLog.of(Topic.SUPPRESSIONS.topicName())
                .records(Suppression.key(new UserId(user), new PhoneNumber(phone)));
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
