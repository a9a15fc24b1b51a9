package io.siaran.dispatch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.MessageStore;
import io.siaran.dispatch.queue.OpenMessages;
import io.siaran.dispatch.queue.Reconciliation;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.PlanStatus;
import io.siaran.model.ReturnReason;
import io.siaran.model.Withdraw;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EverythingAtOnceTest {

    private static final List<DeviceId> FLEET = IntStream.range(0, 10)
            .mapToObj(i -> new DeviceId(new UUID(0x0190_aaaa_0000_7000L, 0x8000_0000_0000_0100L + i)))
            .toList();

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    ApplyDeliveryEvents settling;

    @Inject
    Reconciliation reconciliation;

    @Inject
    MessageStore store;

    @Inject
    OpenMessages open;

    private final Instant planned = Cast.aMinuteAgo();
    private final Instant end = Instant.now().plusSeconds(4);

    /** Two of each, as on two replicas; none may deadlock, overfill a window or lose count. */
    @Test
    void whoever_works_on_the_queue_at_the_same_time_nobody_is_in_the_way() throws Exception {
        // Given
        stage.reset();
        FLEET.forEach(device -> stage.online(device, Cast.AMINAH));

        // When
        List<Callable<Void>> workers = new ArrayList<>();
        for (int replica = 0; replica < 2; replica++) {
            Random random = new Random(replica);
            workers.add(again(() -> stage.store(batch(random))));
            workers.add(again(stage::release));
            workers.add(again(() -> settleSome(random)));
            workers.add(again(() -> reconciliation.reconcile(20)));
            workers.add(again(() -> reconciliation.moveReturned(20)));
            workers.add(again(() -> open.recall(10, Duration.ZERO)));
            workers.add(again(() -> open.expire(20)));
            workers.add(again(() -> changeALead(random)));
            workers.add(again(() -> stopSomething(random)));
        }
        workers.add(again(this::changeThePlan));
        workers.add(again(() -> assertThat(
                        stage.rows(
                                "SELECT FROM broadcast_messages WHERE status = 'processing' GROUP BY device_id HAVING count(*) > 4"))
                .isEmpty()));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : executor.invokeAll(workers)) {
                done.get();
            }
        }

        // Then
        stage.assertCountsAddUp();
        assertThat(stage.statuses()).containsKeys("pending", "sent", "failed", "cancelled");
    }

    private Callable<Void> again(Runnable work) {
        return () -> {
            while (Instant.now().isBefore(end)) {
                work.run();
            }
            return null;
        };
    }

    private List<BroadcastMessage> batch(Random random) {
        List<BroadcastMessage> messages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            DeviceId device = FLEET.get(random.nextInt(FLEET.size()));
            messages.add(Cast.campaign(device, new LeadId(new UUID(7 << 12, random.nextInt(5_000))), 1, planned));
        }
        return messages;
    }

    private void settleSome(Random random) {
        List<Row> inFlight = new ArrayList<>(
                stage.rows("SELECT id, device_id, try_no FROM broadcast_messages WHERE status = 'processing'"));
        Collections.shuffle(inFlight, random);
        List<DeliveryEvent> events = inFlight.stream()
                .limit(15)
                .map(row -> event(row, random.nextInt(3)))
                .toList();
        database.doInTransaction(tx -> settling.settle(tx, events));
    }

    private static DeliveryEvent event(Row row, int outcome) {
        MessageId id = new MessageId(row.getUUID("id"));
        DeviceId device = new DeviceId(row.getUUID("device_id"));
        int tryNo = row.getInteger("try_no");
        Instant at = Instant.now();
        return switch (outcome) {
            case 0 -> new DeliveryEvent.Accepted(id, tryNo, Cast.AMINAH, device, at, "wamid", "Hi");
            case 1 -> new DeliveryEvent.Returned(id, tryNo, Cast.AMINAH, device, at, ReturnReason.RECALLED, null, null);
            default -> new DeliveryEvent.Deferred(id, tryNo, Cast.AMINAH, device, at, at, DeferReason.RATE_LIMITED);
        };
    }

    private void changeALead(Random random) {
        DeviceId device = FLEET.get(random.nextInt(FLEET.size()));
        stage.lead(new LeadId(new UUID(7 << 12, random.nextInt(5_000))), device, random.nextInt(4) == 0);
    }

    private void stopSomething(Random random) {
        for (Row row : stage.rows(
                "SELECT id, device_id, recipient_phone FROM broadcast_messages WHERE status IN ('pending', 'processing')"
                        + " ORDER BY id OFFSET $1 LIMIT 1",
                random.nextInt(100))) {
            switch (random.nextInt(3)) {
                case 0 ->
                    database.doInTransaction(tx -> store.withdraw(
                            tx,
                            List.of(new Withdraw(
                                    new MessageId(row.getUUID("id")),
                                    Cast.AMINAH,
                                    new DeviceId(row.getUUID("device_id"))))));
                case 1 -> stage.suppress(Cast.AMINAH, row.getString("recipient_phone"));
                default ->
                    database.run(
                            "UPDATE broadcast_messages SET expires_at = now() WHERE id = $1 AND status = 'pending'",
                            row.getUUID("id"));
            }
        }
    }

    private void changeThePlan() {
        PlanStatus status = Instant.now().toEpochMilli() / 500 % 2 == 0 ? PlanStatus.PAUSED : PlanStatus.ACTIVE;
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, status, 1);
    }
}
