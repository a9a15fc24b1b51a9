package io.siaran.dispatch.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.message.Decision;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.LeadId;
import io.siaran.model.MessageState;
import io.siaran.model.UnknownPolicy;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any interleaving of intake, release, outcomes, receipts, lost and late records, recalls and what people decide, against
 * a gateway that sends whatever it is told to. A seed that failed is in the name of the test: put it into {@link #seeds}.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WhateverHappensTest {

    private static final int STEPS = 150;

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    Events events;

    @Inject
    DecideOnMessages decide;

    private Random random;
    private CredulousGateway gateway;
    private List<BroadcastMessage> messages;

    static LongStream seeds() {
        return LongStream.of(1, 2, 3, 4, 1001, 1004, System.nanoTime());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_is_lost_or_miscounted_or_stuck_and_sent_twice_only_knowingly(long seed) {
        // Given
        random = new Random(seed);
        gateway = new CredulousGateway(events, random);
        messages = IntStream.range(0, 24)
                .mapToObj(i -> Cast.campaign(i % 2 == 0 ? Cast.MERAH : Cast.BIRU, new LeadId(UUID.randomUUID()), 1))
                .toList();
        stage.reset();
        database.run(
                "UPDATE device_queue SET unknown_policy = $1 WHERE device_id = $2",
                UnknownPolicy.RETRY.wire(),
                Cast.BIRU.value());

        // When
        for (int i = 0; i < STEPS; i++) {
            step();
            stage.assertCountsAddUp();
        }
        settleDown();

        // Then
        stage.assertCountsAddUp();
        assertThat(stage.statuses().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(messages.size());
        assertThat(stage.statuses()).doesNotContainKey("processing");
        messages.forEach(message ->
                assertThat(gateway.timesSent(message.id())).isLessThanOrEqualTo(1 + gateway.waivers(message.id())));
        messages.stream()
                .filter(message -> gateway.timesSent(message.id()) == 0)
                .forEach(message -> assertThat(stage.row(message.id()).getOffsetDateTime("delivered_at"))
                        .isNull());
    }

    private void step() {
        switch (random.nextInt(8)) {
            case 0 -> stage.store(some(6));
            case 1, 2 -> release();
            case 3, 4 -> gateway.act();
            case 5 -> gateway.tell(1 + random.nextInt(4), true);
            case 6 -> recall();
            default -> decideSomething();
        }
    }

    /** Also for devices that were told to wait: time is no matter here. */
    private void release() {
        database.run("UPDATE device_queue SET next_due = now(), held_until = NULL, hold_reason = NULL");
        database.run("UPDATE broadcast_messages SET due_at = now() - interval '1 second' WHERE status = 'pending'");
        stage.release();
        for (Row row : inFlight()) {
            gateway.receive(message(row), row.getInteger("try_no"), row.getInteger("superseded_try"));
        }
    }

    private void recall() {
        for (Row row : inFlight()) {
            if (random.nextInt(3) == 0) {
                gateway.recall(message(row), row.getInteger("try_no"));
            }
        }
    }

    private void decideSomething() {
        Decision decision = switch (random.nextInt(4)) {
            case 0 -> new Decision.Cancel();
            case 1 -> new Decision.Resolve(random.nextBoolean() ? MessageState.SENT : MessageState.FAILED);
            default -> new Decision.Retry();
        };
        database.doInTransaction(tx -> decide.decide(
                tx,
                Cast.AMINAH,
                decision,
                some(4).stream().map(BroadcastMessage::id).toList()));
    }

    /** Whatever was withheld is told, and what was lost is asked back. */
    private void settleDown() {
        stage.store(messages);
        for (int i = 0; i < 10; i++) {
            inFlight().forEach(row -> gateway.recall(message(row), row.getInteger("try_no")));
            gateway.tell(Integer.MAX_VALUE, false);
        }
    }

    private List<Row> inFlight() {
        return stage.rows(
                "SELECT id, try_no, superseded_try FROM broadcast_messages WHERE status = 'processing' ORDER BY id");
    }

    private BroadcastMessage message(Row row) {
        return messages.stream()
                .filter(message -> message.id().value().equals(row.getUUID("id")))
                .findFirst()
                .orElseThrow();
    }

    private List<BroadcastMessage> some(int atMost) {
        return random.ints(1 + random.nextInt(atMost), 0, messages.size())
                .distinct()
                .mapToObj(messages::get)
                .toList();
    }
}
