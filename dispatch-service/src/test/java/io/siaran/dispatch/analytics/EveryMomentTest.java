package io.siaran.dispatch.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.OpenMessages;
import io.siaran.dispatch.queue.Reconciliation;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeviceId;
import io.siaran.model.FailReason;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.PlanStatus;
import io.siaran.model.RejectReason;
import io.siaran.model.ReturnReason;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Reports beside the rows, both of one moment, while everybody who changes messages does so. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EveryMomentTest {

    private static final List<DeviceId> DEVICES = List.of(Cast.MERAH, Cast.BIRU);
    private static final List<String> NICHES = List.of("ecommerce", "fitness");
    private static final List<String> DECISIONS = List.of("cancel", "retry", "resolve");
    /** How messages end, or do not. */
    private static final Set<String> STATUSES = Set.of("pending", "sent", "failed", "cancelled", "unknown");

    private static final String ROWS =
            "SELECT status, count(*) AS n FROM broadcast_messages WHERE user_id = 'aminah' GROUP BY status";

    @Inject
    Stage stage;

    @Inject
    Events events;

    @Inject
    Database database;

    @Inject
    Reconciliation reconciliation;

    @Inject
    OpenMessages open;

    @Inject
    FoldCounts folds;

    private final Instant end = Instant.now().plusSeconds(5);
    /** On a busy machine it takes longer until there is one of each status. */
    private final Instant latestEnd = end.plusSeconds(60);

    private volatile boolean thereIsOneOfEach;
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void every_report_says_at_every_moment_what_counting_the_rows_says() throws Exception {
        // Given
        stage.reset();

        // When
        List<Callable<Void>> workers = new ArrayList<>();
        for (int replica = 0; replica < 2; replica++) {
            Random random = new Random(replica);
            workers.add(again(() -> stage.store(batch(random))));
            workers.add(again(stage::release));
            workers.add(again(() -> settleSome(random)));
            workers.add(again(() -> receipts(random)));
            workers.add(again(() -> reconciliation.reconcile(20)));
            workers.add(again(() -> open.expire(20)));
            workers.add(again(() -> change(random)));
            workers.add(again(() -> decide(random)));
            workers.add(again(this::fold));
            workers.add(again(
                    () -> look(Grouping.values()[random.nextInt(Grouping.values().length)], random.nextBoolean())));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(workers)) {
                done.get();
            }
        }

        // Then
        for (Grouping grouping : Grouping.values()) {
            look(grouping, true);
            look(grouping, false);
        }
        assertThat(looks).hasValueGreaterThan(30);
        assertThat(stage.statuses()).containsKeys(STATUSES.toArray(String[]::new));
    }

    /** @param named whether the report names all devices and niches, and so is from the counts that know them */
    private void look(Grouping grouping, boolean named) {
        AnalyticsQuery query =
                named && grouping.knowsDevices() ? query(grouping, DEVICES, NICHES) : query(grouping, null, null);
        database.doInTransaction(tx -> {
            tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            Map<String, Long> reported = reported(tx, query);
            Map<String, Long> rows = new TreeMap<>();
            tx.run(ROWS).forEach(row -> rows.put(row.getString("status"), row.getLong("n")));
            if (rows.keySet().containsAll(STATUSES)) {
                thereIsOneOfEach = true;
            }
            if (grouping == Grouping.REASON) {
                rows.keySet().retainAll(List.of("failed", "cancelled"));
            }
            assertThat(reported).as(query.toString()).isEqualTo(rows);
        });
        looks.incrementAndGet();
    }

    private static Map<String, Long> reported(Tx tx, AnalyticsQuery query) {
        Outcomes total = Outcomes.total(StreamSupport.stream(
                        tx.run(query.groupBy().sql(query.counts()), Analytics.arguments(Cast.AMINAH, query, 10_000))
                                .spliterator(),
                        false)
                .map(Outcomes::of)
                .toList());
        Map<String, Long> counts = new TreeMap<>(Map.of(
                "pending", total.pending(),
                "processing", total.processing(),
                "sent", total.sent(),
                "failed", total.failed(),
                "cancelled", total.cancelled(),
                "unknown", total.unknown()));
        counts.values().removeIf(n -> n == 0);
        return counts;
    }

    private static AnalyticsQuery query(Grouping grouping, List<DeviceId> devices, List<String> niches) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return new AnalyticsQuery(today.minusDays(70), today.plusDays(2), grouping, devices, null, null, niches, null);
    }

    private Callable<Void> again(Runnable work) {
        return () -> {
            while (Instant.now().isBefore(thereIsOneOfEach ? end : latestEnd)) {
                work.run();
            }
            return null;
        };
    }

    private static List<BroadcastMessage> batch(Random random) {
        return IntStream.range(0, 20).mapToObj(_ -> message(random)).toList();
    }

    private static BroadcastMessage message(Random random) {
        DeviceId device = DEVICES.get(random.nextInt(2));
        LeadId lead = new LeadId(new UUID(7 << 12, random.nextInt(5_000)));
        Instant planned =
                Instant.now().minus(random.nextInt(1_000), ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        return switch (random.nextInt(3)) {
            case 0 -> Cast.direct(device, lead, planned);
            case 1 -> Cast.step(device, lead, planned);
            default -> Cast.campaign(device, lead, 1, planned);
        };
    }

    private void settleSome(Random random) {
        events.settle(some("status = 'processing'").stream()
                .map(row -> outcome(row, random.nextInt(6)))
                .toArray(DeliveryEvent[]::new));
    }

    private void receipts(Random random) {
        events.settle(some("status = 'sent' AND read_at IS NULL").stream()
                .map(row -> random.nextBoolean()
                        ? new DeliveryEvent.Delivered(id(row), tryNo(row), Cast.AMINAH, device(row), Instant.now())
                        : new DeliveryEvent.Read(id(row), tryNo(row), Cast.AMINAH, device(row), Instant.now()))
                .toArray(DeliveryEvent[]::new));
    }

    private static DeliveryEvent outcome(Row row, int which) {
        MessageId id = id(row);
        Instant now = Instant.now();
        return switch (which) {
            case 0 ->
                new DeliveryEvent.Rejected(
                        id, tryNo(row), Cast.AMINAH, device(row), now, RejectReason.NOT_ON_WHATSAPP, "none");
            case 1 ->
                new DeliveryEvent.Failed(
                        id, tryNo(row), Cast.AMINAH, device(row), now, FailReason.PROVIDER_FAILED, "busy");
            case 2 -> new DeliveryEvent.Unknown(id, tryNo(row), Cast.AMINAH, device(row), now, "timeout");
            case 3 ->
                new DeliveryEvent.Returned(
                        id, tryNo(row), Cast.AMINAH, device(row), now, ReturnReason.RECALLED, null, null);
            default -> new DeliveryEvent.Accepted(id, tryNo(row), Cast.AMINAH, device(row), now, "wamid", "Hi");
        };
    }

    /** Leads move and go, people opt out, the plan is paused, messages expire. */
    private void change(Random random) {
        LeadId lead = new LeadId(new UUID(7 << 12, random.nextInt(5_000)));
        switch (random.nextInt(4)) {
            case 0 -> stage.lead(lead, DEVICES.get(random.nextInt(2)), random.nextInt(4) == 0);
            case 1 -> stage.suppress(Cast.AMINAH, Cast.phone(lead).digits());
            case 2 ->
                stage.plan(
                        Cast.BLACK_FRIDAY.value(),
                        Cast.AMINAH,
                        random.nextBoolean() ? PlanStatus.PAUSED : PlanStatus.ACTIVE,
                        1);
            default ->
                some("status = 'pending'").stream()
                        .limit(3)
                        .forEach(row -> database.run(
                                "UPDATE broadcast_messages SET expires_at = now() WHERE id = $1 AND status = 'pending'",
                                row.getUUID("id")));
        }
    }

    /** What an operator decides; what the message's state does not allow is refused. */
    private void decide(Random random) {
        for (Row row : some("status <> 'sent'")) {
            String decision = DECISIONS.get(random.nextInt(3));
            given().auth()
                    .oauth2(TestServers.token("aminah", "operator"))
                    .contentType("application/json")
                    .body(decision.equals("resolve") ? "{\"outcome\": \"sent\"}" : "")
                    .post("/api/v1/messages/" + row.getUUID("id") + "/" + decision);
        }
    }

    private void fold() {
        stage.aSecondLater();
        folds.fold();
    }

    private List<Row> some(String which) {
        return stage.rows(
                "SELECT id, device_id, try_no FROM broadcast_messages TABLESAMPLE BERNOULLI (20) WHERE user_id = 'aminah' AND "
                        + which + " LIMIT 10");
    }

    private static MessageId id(Row row) {
        return new MessageId(row.getUUID("id"));
    }

    private static DeviceId device(Row row) {
        return new DeviceId(row.getUUID("device_id"));
    }

    private static int tryNo(Row row) {
        return row.getInteger("try_no");
    }
}
