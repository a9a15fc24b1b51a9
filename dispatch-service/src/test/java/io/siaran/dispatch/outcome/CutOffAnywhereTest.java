package io.siaran.dispatch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Cut;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.DeviceQueue;
import io.siaran.dispatch.queue.MessageStore;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.LeadId;
import io.siaran.model.UnknownPolicy;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server drops the connection at every point of a transaction in turn, the numbered points of docs/states.md; then the
 * work is done again, as the worker and the redelivery of Kafka do.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CutOffAnywhereTest {

    @Inject
    Stage stage;

    @Inject
    Pool pool;

    @Inject
    Database database;

    @Inject
    DeviceQueue devices;

    @Inject
    MessageStore store;

    @Inject
    ApplyDeliveryEvents settling;

    @Inject
    Events events;

    private List<BroadcastMessage> five;

    @BeforeEach
    void castTheMessages() {
        five = IntStream.range(0, 5)
                .mapToObj(i -> Cast.campaign(Cast.MERAH, new LeadId(new UUID(7L << 12, i)), 1))
                .toList();
    }

    @Test
    void messages_come_in_once() {
        Set<List<String>> ends = endsOf(stage::reset, db -> db.doInTransaction(tx -> store.store(tx, five)));

        assertThat(ends).hasSize(1);
        assertThat(stage.statuses()).containsOnly(Map.entry("pending", 5L));
    }

    @Test
    void messages_are_released_once() {
        Set<List<String>> ends = endsOf(
                () -> {
                    stage.reset();
                    stage.store(five);
                },
                db -> db.doInTransaction(tx -> devices.release(tx, Stage.TERMS)));

        assertThat(ends).hasSize(1);
        assertThat(stage.rows("SELECT FROM broadcast_messages WHERE status = 'processing' AND try_no = 1"))
                .hasSize(4);
        five.forEach(message -> events.settle(events.accepted(message, 1)));
        assertThat(stage.statuses()).containsOnly(Map.entry("sent", 5L));
    }

    @Test
    void outcomes_settle_once() {
        List<DeliveryEvent> told = new ArrayList<>();
        Set<List<String>> ends = endsOf(
                () -> {
                    stage.reset();
                    stage.store(five.subList(0, 4));
                    stage.release();
                    database.run("UPDATE device_queue SET unknown_policy = $1", UnknownPolicy.RETRY.wire());
                    told.clear();
                    told.add(events.accepted(five.get(0), 1));
                    told.add(events.read(five.get(1), 1));
                    told.add(events.unknown(five.get(2), 1));
                    told.add(events.deferred(five.get(3), 1, Instant.now().plusSeconds(60), DeferReason.DAILY_CAP));
                },
                db -> db.doInTransaction(tx -> settling.settle(tx, told)));

        assertThat(ends).hasSize(1);
        assertThat(stage.statuses()).containsEntry("sent", 2L).containsEntry("pending", 2L);
        stage.assertCountsAddUp();
    }

    /**
     * All different ends, of which there should be one: what is in the tables after the work was cut off at some point and
     * done again. Its last point is the answer to the commit.
     */
    private Set<List<String>> endsOf(Runnable scene, Consumer<Database> work) {
        Set<List<String>> ends = new LinkedHashSet<>();
        int point = 1;
        boolean cut;
        do {
            scene.run();
            cut = Cut.at(point++, pool, work);
            work.accept(database);
            ends.add(end());
        } while (cut);
        // Statements of its own, before the commit and after it.
        assertThat(point).isGreaterThan(4);
        return ends;
    }

    /** Versions tell how often each row was changed, and each change is told. */
    private List<String> end() {
        stage.assertCountsAddUp();
        return stage
                .rows("SELECT concat_ws(' ', id, status, try_no, attempts, version, superseded_try, taken_tries,"
                        + " (SELECT count(*) FROM message_facts AS f WHERE f.message_id = m.id)) AS line"
                        + " FROM broadcast_messages AS m ORDER BY id")
                .stream()
                .map(row -> row.getString("line").substring(14))
                .toList();
    }
}
