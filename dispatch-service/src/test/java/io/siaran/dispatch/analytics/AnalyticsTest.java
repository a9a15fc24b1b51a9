package io.siaran.dispatch.analytics;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.UserId;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class AnalyticsTest {

    private static final UserId AMINAH = Cast.AMINAH;
    private static final String COUNTED = """
            SELECT coalesce(%s::text, '') AS key, count(*) AS stored, count(*) FILTER (WHERE status = 'sent') AS sent,
              count(*) FILTER (WHERE status = 'failed') AS failed, count(*) FILTER (WHERE status = 'unknown') AS unknown,
              count(delivered_at) AS delivered, count(read_at) AS read
            FROM broadcast_messages WHERE user_id = 'aminah' %s GROUP BY 1 ORDER BY 1
            """;

    @Inject
    Stage stage;

    @Inject
    Events events;

    @Inject
    FoldCounts folds;

    @Inject
    Analytics analytics;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @ParameterizedTest
    @EnumSource(Grouping.class)
    void after_a_random_day_a_report_is_what_counting_the_rows_says(Grouping grouping) {
        // Given
        aRandomDay(new Random(7), 60);
        stage.aSecondLater();
        folds.fold();
        aRandomDay(new Random(8), 20);

        // When
        AnalyticsReport report = analytics.report(AMINAH, query(grouping));

        // Then
        assertThat(report.items().stream()
                        .map(g -> List.<Object>of(
                                g.key() == null ? "" : g.key(),
                                g.shouldSend(),
                                g.sent(),
                                g.failed(),
                                g.unknown(),
                                g.delivered(),
                                g.read()))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(counted(grouping));
        assertThat(report.total().shouldSend())
                .isEqualTo(
                        report.items().stream().mapToLong(Outcomes::shouldSend).sum());
    }

    @Test
    void at_every_moment_the_statuses_add_up_to_what_was_accepted() throws Exception {
        // Given
        List<BroadcastMessage> accepted = messages(new Random(1), 200);
        stage.store(accepted);

        // When
        CompletableFuture<Void> moving = CompletableFuture.runAsync(() -> settle(accepted, new Random(2)));
        long reports = 0;
        while (!moving.isDone() || reports < 3) {
            stage.aSecondLater();
            folds.fold();
            assertThat(analytics.report(AMINAH, query(Grouping.DAY)).total().shouldSend())
                    .isEqualTo(200);
            assertThat(analytics.report(AMINAH, query(Grouping.DEVICE)).total().shouldSend())
                    .isEqualTo(200);
            assertThat(analytics.report(AMINAH, query(Grouping.HOUR)).total().shouldSend())
                    .isEqualTo(200);
            reports++;
        }

        // Then
        moving.get();
        assertThat(analytics.report(AMINAH, query(Grouping.DAY)).total().remaining())
                .isLessThan(200);
    }

    @Test
    void a_report_shows_names_rates_and_each_tenant_its_own() {
        stage.rows("UPDATE device_queue SET name = '=Merah' WHERE device_id = $1", Cast.MERAH.value());
        BroadcastMessage message = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        stage.store(message, Cast.campaign(Cast.MERAH, Cast.BUDI, 1));
        stage.release();
        events.settle(events.accepted(message, 1), events.delivered(message, 1));

        get("aminah", "?group_by=device")
                .body("items.key", contains(Cast.MERAH.toString()))
                .body("items.label", contains("=Merah"))
                .body("items[0].should_send", equalTo(2))
                .body("items[0].remaining", equalTo(1))
                .body("items[0].delivery_rate", equalTo(1.0f))
                .body("items[0].failure_rate", equalTo(0.0f))
                .body("total.sent", equalTo(1));
        get("aminah", "?group_by=campaign&campaign_id=" + Cast.BLACK_FRIDAY).body("items", hasSize(1));
        get("aminah", "?group_by=niche&niche=none").body("items", empty()).body("total.delivery_rate", nullValue());
        get("razak", "?group_by=device").body("items", empty());
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get("/api/v1/analytics/export?group_by=device")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .body(containsString("key,label,should_send"))
                .body(containsString("\"'=Merah\",2,"));
    }

    @Test
    void a_file_has_more_groups_than_an_answer_and_is_written_while_it_is_sent() {
        // Given
        stage.rows(
                "INSERT INTO hour_counts (user_id, planned_day, planned_hour, kind, campaign_id, pending, processing, sent, failed,"
                        + " cancelled, unknown, delivered, read)"
                        + " SELECT 'aminah', current_date, 9, 'campaign', gen_random_uuid(), 0, 0, 1, 0, 0, 0, 0, 0"
                        + " FROM generate_series(1, 10001)");

        // When
        String file = given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get("/api/v1/analytics/export?group_by=campaign")
                .then()
                .statusCode(200)
                .header("Transfer-Encoding", "chunked")
                .header("Content-Disposition", containsString("analytics.csv"))
                .extract()
                .asString();

        // Then
        assertThat(file.lines()).hasSize(1 + 10_001).last().asString().endsWith(",1,0,0,1,0,0,0,0,0,0,0,0");
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get("/api/v1/analytics?group_by=campaign")
                .then()
                .statusCode(400)
                .body("violations.field", contains("group_by"));
    }

    @Test
    void who_does_not_read_a_file_has_no_second_one_until_it_goes() throws Exception {
        // Given
        campaigns(50_000, "x".repeat(200));

        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4_096);
            slow.setSoTimeout(20_000);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
            slow.getOutputStream()
                    .write(
                            ("GET /api/v1/analytics/export?group_by=campaign HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                            + TestServers.token("aminah", "viewer") + "\r\n\r\n")
                                    .getBytes(UTF_8));
            assertThat(new String(slow.getInputStream().readNBytes(15), UTF_8)).isEqualTo("HTTP/1.1 200 OK");

            // When
            Response second = export("aminah");

            // Then
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.contentType()).isEqualTo("application/problem+json");
            assertThat(second.header("Retry-After")).isEqualTo("5");
            assertThat(export("razak").statusCode()).isEqualTo(200);
            slow.setSoLinger(true, 0);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> export("aminah").statusCode() == 200);
    }

    @Test
    void a_file_has_the_titles_of_any_letters_and_is_refused_where_they_take_too_much() {
        // Given
        String title = "\uD83D\uDE00".repeat(255);
        campaigns(500, title);

        // When
        String file = exportCampaigns().then().statusCode(200).extract().asString();

        // Then
        assertThat(file.lines().skip(1)).hasSize(500).allMatch(line -> line.contains(",\"" + title + "\",1,"));

        // When
        campaigns(20_000, title);

        // Then
        exportCampaigns()
                .then()
                .statusCode(400)
                .body("violations.field", contains("group_by"))
                .body("violations.message", contains("makes a file of more than 20 MB: narrow it by filters"));
    }

    private void campaigns(int number, String title) {
        stage.rows("""
                WITH campaign AS (
                  INSERT INTO hour_counts (user_id, planned_day, planned_hour, kind, campaign_id, pending, processing, sent, failed,
                    cancelled, unknown, delivered, read)
                  SELECT 'aminah', current_date, 9, 'campaign', gen_random_uuid(), 0, 0, 1, 0, 0, 0, 0, 0
                  FROM generate_series(1, $1) RETURNING campaign_id)
                INSERT INTO plans (id, user_id, kind, title, run, status, version, deleted)
                SELECT campaign_id, 'aminah', 'campaign', $2, 1, 'active', 1, false FROM campaign""", number, title);
    }

    private static Response exportCampaigns() {
        return given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get("/api/v1/analytics/export?group_by=campaign");
    }

    private static Response export(String user) {
        return given().auth().oauth2(TestServers.token(user, "viewer")).get("/api/v1/analytics/export?group_by=day");
    }

    @ParameterizedTest
    @EnumSource(
            value = Grouping.class,
            names = {"HOUR", "DAY", "DEVICE", "CAMPAIGN", "NICHE", "KIND"})
    void an_answer_counts_once_with_the_last_message_before_it(Grouping grouping) {
        // Given
        BroadcastMessage earlier = sent(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        BroadcastMessage last = sent(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        sent(Cast.campaign(Cast.BIRU, Cast.BUDI, 1));
        stage.rows(
                "UPDATE broadcast_messages SET sent_at = sent_at - interval '1 minute' WHERE id = $1",
                earlier.id().value());

        // When
        replied(Cast.MERAH, Instant.now());
        replied(Cast.MERAH, Instant.now());
        replied(Cast.BIRU, Instant.now());
        replied(Cast.MERAH, Instant.now().plus(8, ChronoUnit.DAYS));
        stage.suppress(AMINAH, Cast.phone(Cast.BUDI).digits());
        stage.suppress(AMINAH, "60111111111");

        // Then
        Outcomes total = analytics.report(AMINAH, query(grouping)).total();
        assertThat(total.shouldSend()).isEqualTo(3);
        assertThat(total.replied()).isOne();
        assertThat(total.optedOut()).isOne();
        assertThat(total.replyRate()).isEqualByComparingTo("0.3333");
        assertThat(stage.rows(
                        "SELECT FROM answers WHERE message_id = $1", last.id().value()))
                .hasSize(1);
        assertThat(analytics.report(Cast.RAZAK, query(grouping)).items()).isEmpty();
    }

    private BroadcastMessage sent(BroadcastMessage message) {
        stage.store(message);
        stage.release();
        events.settle(events.accepted(message, 1));
        return message;
    }

    private void replied(DeviceId device, Instant at) {
        stage.rows(
                "INSERT INTO replies (id, user_id, device_id, phone, at, type, text) VALUES (gen_random_uuid(), 'aminah', $1, $2, $3,"
                        + " 'text', 'ok')",
                device.value(),
                Cast.phone(Cast.ANI).digits(),
                at.atOffset(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({
        "?from=yesterday, from",
        "?group_by=colour, group_by",
        "?from=2026-01-02&to=2026-01-01, to",
        "?from=2020-01-01&to=2026-01-01, from",
        "?to=0001-01-01, to",
        "?colour=red, colour",
        "?device_id=1, device_id",
        "?group_by=hour&niche=a, niche"
    })
    void what_cannot_be_read_is_named(String query, String field) {
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get("/api/v1/analytics" + query)
                .then()
                .statusCode(400)
                .body("violations.field", contains(field));
    }

    private void aRandomDay(Random random, int messages) {
        List<BroadcastMessage> accepted = messages(random, messages);
        stage.store(accepted);
        settle(accepted, random);
    }

    private static List<BroadcastMessage> messages(Random random, int messages) {
        return random.ints(messages, 0, 4)
                .mapToObj(kind -> message(random, kind))
                .toList();
    }

    private static BroadcastMessage message(Random random, int kind) {
        DeviceId device = random.nextBoolean() ? Cast.MERAH : Cast.BIRU;
        LeadId lead = new LeadId(UUID.randomUUID());
        Instant planned =
                Instant.now().minus(random.nextInt(72), ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        return switch (kind) {
            case 0 -> Cast.direct(device, lead, planned);
            case 1 -> Cast.step(device, lead, planned);
            default -> Cast.campaign(device, lead, 1, planned);
        };
    }

    private void settle(List<BroadcastMessage> accepted, Random random) {
        for (BroadcastMessage message : accepted) {
            stage.release();
            if (stage.status(message.id()).equals("processing")) {
                switch (random.nextInt(5)) {
                    case 0 -> events.settle(events.accepted(message, 1));
                    case 1 -> events.settle(events.accepted(message, 1), events.delivered(message, 1));
                    case 2 -> events.settle(events.accepted(message, 1), events.read(message, 1));
                    case 3 -> events.settle(events.unknown(message, 1));
                    default -> events.settle(events.rejected(message, 1));
                }
            }
        }
    }

    private List<List<Object>> counted(Grouping grouping) {
        String column = switch (grouping) {
            case DAY -> "planned_day";
            case DEVICE -> "device_id";
            case CAMPAIGN -> "campaign_id";
            case SEQUENCE -> "sequence_id";
            case STEP -> "sequence_stepid";
            case NICHE -> "niche";
            case KIND -> "kind";
            case HOUR -> "to_char(scheduled_at AT TIME ZONE time_zone, 'YYYY-MM-DD\"T\"HH24')";
            case REASON -> "failure_reason";
        };
        String only = grouping == Grouping.REASON ? "AND failure_reason IS NOT NULL" : "";
        return stage.rows(COUNTED.formatted(column, only)).stream()
                .map(AnalyticsTest::line)
                .toList();
    }

    private static List<Object> line(Row row) {
        return List.of(
                row.getString("key"),
                row.getLong("stored"),
                row.getLong("sent"),
                row.getLong("failed"),
                row.getLong("unknown"),
                row.getLong("delivered"),
                row.getLong("read"));
    }

    private static AnalyticsQuery query(Grouping grouping) {
        return new AnalyticsQuery(
                LocalDate.now(ZoneOffset.UTC).minusDays(30),
                LocalDate.now(ZoneOffset.UTC).plusDays(2),
                grouping,
                null,
                null,
                null,
                null,
                null);
    }

    private static ValidatableResponse get(String user, String query) {
        return given().auth()
                .oauth2(TestServers.token(user, "viewer"))
                .get("/api/v1/analytics" + query)
                .then()
                .statusCode(200);
    }
}
