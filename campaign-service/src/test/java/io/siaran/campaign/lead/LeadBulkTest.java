package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.CITRA;
import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeadBulkTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    Publisher publisher;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private DeviceId biru;

    @BeforeEach
    void link() {
        merah = cast.device(user);
        biru = cast.device(user);
    }

    @Test
    void each_row_is_added_changed_left_or_refused_by_itself() {
        // Given
        LeadId ani = Cast.lead(user, merah, ANI);
        LeadId budi = Cast.lead(user, merah, BUDI);

        // When
        ValidatableResponse answer = bulk(List.of(
                row(merah, "012-345 6701", Map.of("name", "Ani binti Ali")),
                row(merah, BUDI, Map.of()),
                row(merah, CITRA, Map.of("niche", "food")),
                row(merah, "+" + CITRA, Map.of("niche", "fitness")),
                row(merah, "12", Map.of("target_status", "all")),
                row(new DeviceId(UUID.randomUUID()), Cast.phone(4), Map.of()),
                Map.of("phone", Cast.phone(5))));

        // Then
        answer.statusCode(200)
                .body(
                        "results.status",
                        contains("updated", "unchanged", "created", "duplicate", "refused", "refused", "refused"))
                .body("results.index", contains(0, 1, 2, 3, 4, 5, 6))
                .body("results[0].id", equalTo(ani.toString()))
                .body("results[1].id", equalTo(budi.toString()))
                .body("results[4].violations.field", contains("phone", "target_status"))
                .body("results[5].violations.field", contains("device_id"))
                .body("results[6].violations.field", contains("device_id"))
                .body("results[6].id", nullValue())
                .body("created", equalTo(1))
                .body("updated", equalTo(1))
                .body("unchanged", equalTo(1))
                .body("duplicate", equalTo(1))
                .body("refused", equalTo(3));
        as(user, "viewer")
                .get("/api/v1/leads/" + ani)
                .then()
                .body("name", equalTo("Ani binti Ali"))
                .body("niche", equalTo("ecommerce"));
    }

    @Test
    void a_consent_that_nobody_sees_says_nothing_and_a_time_out_of_range_refuses_its_row_alone() {
        // Given
        LeadId ani = Cast.lead(user, Map.of("device_id", merah, "phone", ANI, "consent_source", "form7"));

        // When
        ValidatableResponse answer = bulk(List.of(
                row(merah, ANI, Map.of("consent_source", " ")),
                row(merah, BUDI, Map.of("consent_source", "\u200B")),
                row(merah, CITRA, Map.of("consent_at", "9999-01-01T00:00:00Z"))));

        // Then
        answer.statusCode(200)
                .body("results.status", contains("unchanged", "created", "refused"))
                .body("results[2].violations.field", contains("consent_at"));
        as(user, "viewer").get("/api/v1/leads/" + ani).then().body("consent_source", equalTo("form7"));
        Cast.patch(user, ani, Map.of("consent_source", " "));
        as(user, "viewer").get("/api/v1/leads/" + ani).then().body("consent_source", nullValue());
    }

    @Test
    void a_device_whose_news_is_late_puts_the_request_off_and_refuses_no_row() {
        // Given
        DeviceId kuning = new DeviceId(UUID.randomUUID());
        String key = UUID.randomUUID().toString();
        List<Map<String, Object>> rows = List.of(row(kuning, ANI, Map.of()), row(kuning, BUDI, Map.of()));

        // When // Then
        database.doInTransaction(tx -> {
            tx.run("LOCK TABLE devices IN SHARE MODE");
            publisher.publish(List.of(new OutboxRecord(Topic.DEVICES, kuning.toString(), Cast.snapshot(user, kuning))));
            once(key, rows)
                    .statusCode(503)
                    .header("Retry-After", "2")
                    .body("code", equalTo("unavailable"))
                    .body("results", nullValue());
        });
        await().untilAsserted(() -> once(key, rows).statusCode(200).body("created", equalTo(2)));
    }

    @Test
    void what_was_answered_is_answered_again_although_the_news_of_a_device_is_late_by_now() {
        // Given
        DeviceId kuning = new DeviceId(UUID.randomUUID());
        String key = UUID.randomUUID().toString();
        List<Map<String, Object>> rows = List.of(row(merah, ANI, Map.of()), row(kuning, BUDI, Map.of()));
        once(key, rows).body("results.status", contains("created", "refused"));

        // When // Then
        database.doInTransaction(tx -> {
            tx.run("LOCK TABLE devices IN SHARE MODE");
            publisher.publish(List.of(new OutboxRecord(Topic.DEVICES, kuning.toString(), Cast.snapshot(user, kuning))));
            once(key, rows).statusCode(200).body("results.status", contains("created", "refused"));
        });
    }

    @Test
    void the_same_again_changes_nothing_and_tells_nobody() {
        // Given
        List<Map<String, Object>> rows = List.of(row(merah, ANI, Map.of("name", "Ani", "trigger", "fitness_start")));
        String id = bulk(rows).body("created", equalTo(1)).extract().path("results[0].id");

        told(id, 1L);

        // When
        bulk(rows).body("unchanged", equalTo(1));
        bulk(List.of(row(merah, ANI, Map.of("name", "Ani Ali"))));

        // Then
        told(id, 1L, 2L);
    }

    @Test
    void the_outbox_in_which_opt_outs_wait_has_none_of_them() {
        // Given
        database.run("CREATE FUNCTION refuse_leads() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'a lead'; END $$");
        database.run("CREATE TRIGGER refuse BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.topic = 'leads')"
                + " EXECUTE FUNCTION refuse_leads()");
        try {
            // When
            String id = bulk(List.of(row(merah, ANI, Map.of())))
                    .statusCode(200)
                    .extract()
                    .path("results[0].id");

            // Then
            told(id, 1L);
        } finally {
            database.run("DROP FUNCTION refuse_leads() CASCADE");
        }
    }

    @Test
    void a_thousand_are_taken_and_no_more() {
        // Given
        List<Map<String, Object>> rows = IntStream.range(0, 1_000)
                .mapToObj(i -> row(merah, Cast.phone(i), Map.of()))
                .toList();

        // Then
        bulk(rows).statusCode(200).body("created", equalTo(1_000));
        operator(user)
                .body(Json.write(Map.of(
                        "leads",
                        IntStream.range(0, 1_001)
                                .mapToObj(i -> row(merah, Cast.phone(i), Map.of()))
                                .toList())))
                .post("/api/v1/leads/bulk")
                .then()
                .statusCode(400)
                .body("violations.field", contains("leads"));
        operator(user).body("{\"leads\": []}").post("/api/v1/leads/bulk").then().statusCode(400);
    }

    @Test
    void two_that_add_the_same_people_at_once_add_each_once() {
        // Given
        List<Map<String, Object>> rows = IntStream.range(0, 200)
                .mapToObj(i -> row(merah, Cast.phone(i), Map.of("name", "A")))
                .toList();

        // When
        long created = List.of(rows, rows.reversed(), rows, rows.reversed()).parallelStream()
                .mapToLong(
                        each -> bulk(each).statusCode(200).extract().jsonPath().getLong("created"))
                .sum();

        // Then
        assertThat(created).isEqualTo(200);
    }

    @Test
    void parts_of_names_and_numbers_are_found() {
        // Given
        bulk(List.of(
                row(merah, ANI, Map.of("name", "Siti Nurhaliza")),
                row(merah, BUDI, Map.of("name", "Budi 100%")),
                row(merah, CITRA, Map.of("name", "Citra"))));

        // Then
        search("nurHAL").body("items.phone", contains(ANI));
        search("100%").body("items.phone", contains(BUDI));
        search("345 6703").body("items.phone", contains(CITRA));
        search("it").body("items", hasSize(2));
    }

    @Test
    void leads_of_a_device_move_to_another_and_their_twins_stay() {
        // Given
        LeadId ani = Cast.lead(user, merah, ANI);
        LeadId food = Cast.lead(user, Map.of("device_id", merah, "phone", BUDI, "niche", "food"));
        LeadId twin = Cast.lead(user, merah, CITRA);
        Cast.lead(user, biru, CITRA);

        // Then
        move(Map.of("dry_run", true)).body("moved", equalTo(2)).body("in_the_way", equalTo(1));
        on(ani, merah);
        move(Map.of("niche", "FOOD")).body("moved", equalTo(1));
        on(food, biru);
        move(Map.of()).body("moved", equalTo(1)).body("in_the_way", equalTo(1)).body("remaining", equalTo(0));
        on(ani, biru);
        on(twin, merah);
        await().untilAsserted(() -> assertThat(cast.published(Topic.LEADS, ani, LeadSnapshot.class))
                .extracting(LeadSnapshot::deviceId)
                .containsExactly(merah, biru));
    }

    @Test
    void every_move_is_noted_for_its_user_also_that_of_one_lead() {
        // Given
        LeadId ani = Cast.lead(user, merah, ANI);
        Cast.lead(user, merah, BUDI);

        // When
        Cast.patch(user, ani, Map.of("device_id", biru));
        Cast.patch(user, ani, Map.of("name", "Ani"));
        move(Map.of()).body("moved", equalTo(1));

        // Then
        as(user, "viewer")
                .get("/api/v1/leads/moves")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.moved", contains(1, 1))
                .body("items.lead_id", contains(nullValue(), equalTo(ani.toString())))
                .body("items[1].from_device_id", equalTo(merah.toString()))
                .body("items[1].to_device_id", equalTo(biru.toString()));
        as(Cast.newUser(), "viewer").get("/api/v1/leads/moves").then().body("items", hasSize(0));
    }

    @Test
    void leads_move_only_between_devices_of_their_user() {
        move(Map.of("to_device_id", merah)).statusCode(400).body("violations.field", contains("to_device_id"));
        move(Map.of("to_device_id", cast.device(Cast.newUser())))
                .statusCode(400)
                .body("violations.field", contains("to_device_id"));
    }

    private void told(String id, Long... versions) {
        await().untilAsserted(() -> assertThat(cast.published(Topic.LEADS, id, LeadSnapshot.class))
                .extracting(LeadSnapshot::version)
                .containsExactly(versions));
    }

    private ValidatableResponse move(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("from_device_id", merah, "to_device_id", biru));
        body.putAll(more);
        return operator(user).body(Json.write(body)).post("/api/v1/leads/move").then();
    }

    private void on(LeadId lead, DeviceId device) {
        as(user, "viewer").get("/api/v1/leads/" + lead).then().body("device_id", equalTo(device.toString()));
    }

    private ValidatableResponse search(String part) {
        return as(user, "viewer")
                .queryParam("q", part)
                .get("/api/v1/leads")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse once(String key, List<Map<String, Object>> rows) {
        return operator(user)
                .header("Idempotency-Key", key)
                .body(Json.write(Map.of("leads", rows)))
                .post("/api/v1/leads/bulk")
                .then();
    }

    private ValidatableResponse bulk(List<Map<String, Object>> rows) {
        return operator(user)
                .body(Json.write(Map.of("leads", rows)))
                .post("/api/v1/leads/bulk")
                .then();
    }

    private static Map<String, Object> row(DeviceId device, String phone, Map<String, Object> more) {
        Map<String, Object> row = new HashMap<>(Map.of("device_id", device, "phone", phone));
        row.putAll(more);
        return row;
    }
}
