package io.siaran.dispatch.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceStatus;
import io.siaran.model.InboundMessage;
import io.siaran.model.Json;
import io.siaran.model.PlanStatus;
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
import io.siaran.model.UserEvent;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EventsTest {

    /** Their connections. */
    private static final int ENGINES = 16;

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    Events events;

    @Inject
    NumberEvents numbers;

    @Inject
    FactIntake facts;

    @Inject
    EventJobs jobs;

    @Inject
    EventStream stream;

    @Inject
    EventConfig config;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.close();
    }

    @BeforeEach
    void setTheScene() {
        stage.reset();
        get("aminah", "").body("items", empty());
    }

    @Test
    void who_asks_for_events_waits_for_nobody_who_numbers_and_holds_up_no_engine() {
        database.doInTransaction(numbering -> {
            // Given
            numbering.run("UPDATE event_listeners SET last_position = last_position WHERE user_id = 'aminah'");

            // When
            List<CompletableFuture<Void>> asked = IntStream.range(0, 2 * ENGINES)
                    .mapToObj(_ -> CompletableFuture.runAsync(() -> get("aminah", ""), threads))
                    .toList();

            // Then
            assertThat(asked).allSatisfy(each -> assertThat(each).succeedsWithin(10, TimeUnit.SECONDS));
            assertThat(CompletableFuture.runAsync(() -> database.run("SELECT 1"), threads))
                    .succeedsWithin(10, TimeUnit.SECONDS);
        });
    }

    @Test
    void the_stream_goes_on_behind_its_cursor_and_shows_each_tenant_its_own() {
        // Given
        get("razak", "");
        BroadcastMessage first = sent();
        BroadcastMessage second = sent();
        events.settle(events.delivered(first, 1));

        // When
        numbers.number(2);
        numbers.number(100);

        // Then
        String cursor = get("aminah", "?limit=2")
                .body("items.type", contains("message.sent", "message.sent"))
                .body(
                        "items.subject",
                        contains(first.id().toString(), second.id().toString()))
                .body("items.sequence", contains(1, 2))
                .body(
                        "items[0].data.recipient_phone",
                        equalTo(Cast.phone(Cast.ANI).digits()))
                .extract()
                .path("next_cursor");
        get("aminah", "?after=" + cursor)
                .body("items.type", contains("message.delivered"))
                .body("next_cursor", equalTo("3"));
        get("aminah", "?after=3").body("items", empty()).body("next_cursor", equalTo("3"));
        get("aminah", "?type=message.delivered").body("items", hasSize(1));
        get("razak", "").body("items", empty());
    }

    @Test
    void a_receipt_that_tells_all_at_once_is_told_in_order() {
        BroadcastMessage message = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(message);
        stage.release();
        events.settle(events.unknown(message, 1));
        events.settle(events.read(message, 1));
        numbers.number(100);

        get("aminah", "")
                .body("items.type", contains("message.unknown", "message.sent", "message.delivered", "message.read"));
    }

    @Test
    void facts_of_devices_campaigns_people_and_walks_are_events_once() {
        // Given
        var reply = new InboundMessage(
                UUID.randomUUID(),
                Cast.AMINAH,
                Cast.MERAH,
                Cast.phone(Cast.ANI),
                "Ani",
                "text",
                "ok \"1\"",
                Instant.parse("2026-11-28T02:00:00Z"));
        var entered = new SequenceEvent.Entered(Cast.AMINAH, Cast.FITNESS, Cast.ANI, 1, Instant.now());

        // When
        for (int i = 0; i < 2; i++) {
            stage.is(Cast.BIRU, Cast.AMINAH, DeviceStatus.OFFLINE);
            stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.ACTIVE, 1);
            stage.suppress(Cast.AMINAH, "60123456789");
            facts.keepReplies(List.of(reply));
            facts.keepWalks(List.of(entered));
        }
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.COMPLETED, 1);
        numbers.number(100);

        // Then
        get("aminah", "")
                .body(
                        "items.type",
                        contains(
                                "device.offline",
                                "lead.opted_out",
                                "message.received",
                                "sequence.entered",
                                "campaign.completed"))
                .body("items[2].data.text", equalTo("ok \"1\""))
                .body("items[3].subject", equalTo(Cast.ANI.toString()));
    }

    @Test
    void what_a_lead_did_and_what_a_device_got_is_told_in_its_order_also_of_one_batch() {
        // Given
        SequenceId next = new SequenceId(new UUID(0, 1));
        Instant now = Instant.now();
        List<InboundMessage> replies = IntStream.range(0, 5)
                .mapToObj(i -> new InboundMessage(
                        new UUID(0, 5 - i),
                        Cast.AMINAH,
                        Cast.MERAH,
                        Cast.phone(Cast.ANI),
                        "Ani",
                        "text",
                        "ok " + i,
                        now))
                .toList();

        // When
        facts.keepWalks(List.of(
                new SequenceEvent.Entered(Cast.AMINAH, Cast.FITNESS, Cast.ANI, 1, now),
                new SequenceEvent.Completed(Cast.AMINAH, Cast.FITNESS, Cast.ANI, 1, now),
                new SequenceEvent.Entered(Cast.AMINAH, next, Cast.ANI, 1, now),
                new SequenceEvent.Left(Cast.AMINAH, next, Cast.ANI, 1, "replied", now)));
        facts.keepReplies(replies);
        numbers.number(100);

        // Then
        get("aminah", "")
                .body(
                        "items.findAll { it.type != 'message.received' }.collect { it.type + ' ' + it.data.sequence_id }",
                        contains(
                                "sequence.entered " + Cast.FITNESS,
                                "sequence.completed " + Cast.FITNESS,
                                "sequence.entered " + next,
                                "sequence.left " + next))
                .body(
                        "items.findAll { it.type == 'message.received' }.data.text",
                        contains("ok 0", "ok 1", "ok 2", "ok 3", "ok 4"));
    }

    @Test
    void a_second_walk_with_the_number_of_the_first_is_told_as_well_and_each_once() {
        // Given
        Instant first = Instant.parse("2026-11-28T02:00:00.123456Z");
        Instant second = Instant.parse("2026-11-28T02:00:01.123456Z");
        List<SequenceEvent> told = List.of(
                new SequenceEvent.Entered(Cast.AMINAH, Cast.FITNESS, Cast.ANI, 0, first),
                new SequenceEvent.Completed(Cast.AMINAH, Cast.FITNESS, Cast.ANI, 0, first),
                new SequenceEvent.Entered(Cast.AMINAH, Cast.FITNESS, Cast.ANI, 0, second),
                new SequenceEvent.Left(Cast.AMINAH, Cast.FITNESS, Cast.ANI, 0, "replied", second));
        List<SequenceEvent> toldAgain = told.stream()
                .map(event -> Json.read(Json.write(event), SequenceEvent.class))
                .toList();

        // When
        facts.keepWalks(told);
        facts.keepWalks(toldAgain);
        numbers.number(100);

        // Then
        get("aminah", "")
                .body(
                        "items.collect { it.type + ' ' + it.data.at }",
                        contains(
                                "sequence.entered 2026-11-28T02:00:00.123456Z",
                                "sequence.completed 2026-11-28T02:00:00.123456Z",
                                "sequence.entered 2026-11-28T02:00:01.123456Z",
                                "sequence.left 2026-11-28T02:00:01.123456Z"));
    }

    @Test
    void an_import_that_ended_and_a_device_that_is_restricted_are_events_once() {
        // Given
        UUID file = UUID.randomUUID();
        var ended = new UserEvent.ImportCompleted(file, Cast.AMINAH, Instant.now(), "done", null, 7, 3, 1, 1, 1, 1);

        // When
        for (int i = 0; i < 2; i++) {
            facts.keepUserEvents(List.of(ended));
            stage.rows(
                    "UPDATE device_queue SET status = 'online', cold_held_until = now() + interval '1 hour',"
                            + " cold_hold_reason = 'restricted' WHERE device_id = $1",
                    Cast.BIRU.value());
        }
        numbers.number(100);

        // Then
        get("aminah", "")
                .body("items.type", contains("import.completed", "device.restricted"))
                .body("items[0].subject", equalTo(file.toString()))
                .body("items[0].data.created", equalTo(3))
                .body("items[1].subject", equalTo(Cast.BIRU.toString()));
    }

    @Test
    void who_waits_is_answered_when_something_happens_and_not_much_later_than_asked() throws Exception {
        // Given
        CompletableFuture<Integer> waits = CompletableFuture.supplyAsync(
                () -> get("aminah", "?wait_seconds=20").extract().path("items.size()"));

        // When
        Thread.sleep(300);
        boolean answeredBefore = waits.isDone();
        sent();
        numbers.number(100);

        // Then
        assertThat(answeredBefore).isFalse();
        assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        Instant asked = Instant.now();
        get("aminah", "?after=1&wait_seconds=1").body("items", empty());
        assertThat(Duration.between(asked, Instant.now())).isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    }

    @Test
    void who_waits_too_often_is_answered_at_once() throws Exception {
        // Given
        List<CompletableFuture<Integer>> waits = IntStream.range(0, config.waitingPerUser())
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> get("aminah", "?wait_seconds=20").extract().<Integer>path("items.size()"), threads))
                .toList();

        await().atMost(Duration.ofSeconds(10)).until(() -> stream.waiting(Cast.AMINAH) == config.waitingPerUser());

        // When
        Instant asked = Instant.now();
        get("aminah", "?wait_seconds=10").body("items", empty());

        // Then
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(8));
        assertThat(waits).noneMatch(CompletableFuture::isDone);
        sent();
        numbers.number(100);
        for (CompletableFuture<Integer> each : waits) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void who_asks_for_a_rare_type_gets_on_by_a_bounded_number_of_events_at_a_time() {
        // Given
        int many = EventStream.LOOKED_AT + 10;
        stage.rows(
                "INSERT INTO events (user_id, position, id, type, subject, at, data)"
                        + " SELECT 'aminah', i, gen_random_uuid(), CASE WHEN i = $1 THEN 'message.failed' ELSE 'message.sent' END, i,"
                        + " now(), '{}' FROM generate_series(1, $1::int) AS i",
                many);
        stage.rows("UPDATE event_listeners SET last_position = $1 WHERE user_id = 'aminah'", many);

        // When
        String cursor = get("aminah", "?type=message.failed&wait_seconds=20")
                .body("items", empty())
                .body("next_cursor", equalTo(Integer.toString(EventStream.LOOKED_AT)))
                .time(lessThan(5_000L))
                .extract()
                .path("next_cursor");

        // Then
        get("aminah", "?type=message.failed&after=" + cursor)
                .body("items.sequence", contains(many))
                .body("next_cursor", equalTo(Integer.toString(many)));

        // When
        stage.rows("DELETE FROM events WHERE position < $1", many);

        // Then
        get("aminah", "?type=message.failed").body("items.sequence", contains(many));
    }

    @Test
    void after_thirty_days_events_are_forgotten_and_numbers_go_on() {
        sent();
        numbers.number(100);
        stage.rows("UPDATE events SET recorded_at = now() - interval '31 days'");
        jobs.forget();
        sent();
        numbers.number(100);

        get("aminah", "").body("items.sequence", contains(2));
    }

    @Test
    void who_has_not_asked_for_thirty_days_costs_nothing_any_more() {
        stage.rows("UPDATE event_listeners SET asked_at = now() - interval '31 days'");
        jobs.forget();

        sent();

        assertThat(stage.rows("SELECT FROM new_events")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "?after=x, after",
        "?after=-1, after",
        "?limit=0, limit",
        "?limit=101, limit",
        "?wait_seconds=61, wait_seconds",
        "?type=a, type[0]",
        "?colour=red, colour",
        "?after=99999999999999999999, after"
    })
    void what_cannot_be_read_is_named(String query, String field) {
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .urlEncodingEnabled(false)
                .get("/api/v1/events" + query)
                .then()
                .statusCode(400)
                .body("violations.field", contains(field));
    }

    private BroadcastMessage sent() {
        BroadcastMessage message = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(message);
        stage.release();
        events.settle(events.accepted(message, 1));
        return message;
    }

    private static ValidatableResponse get(String user, String query) {
        return given().auth()
                .oauth2(TestServers.token(user, "viewer"))
                .get("/api/v1/events" + query)
                .then()
                .statusCode(200);
    }
}
