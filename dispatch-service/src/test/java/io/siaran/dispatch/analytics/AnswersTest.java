package io.siaran.dispatch.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How answers are counted where several come at once: Ani answers to what was planned earlier than what Budi answers to. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class AnswersTest {

    private static final String ANI = Cast.phone(Cast.ANI).digits();
    private static final String BUDI = Cast.phone(Cast.BUDI).digits();

    /** New for Ani, and again for Budi: each is counted by a trigger of its own. */
    private static final String OPT_OUTS =
            "INSERT INTO suppressions AS s (user_id, phone, version, deleted) VALUES ('aminah', $1, 2, false), ('aminah', $2, 2, false)"
                    + " ON CONFLICT (user_id, phone) DO UPDATE SET version = excluded.version, deleted = excluded.deleted";

    private static final String REPLIES =
            "INSERT INTO replies (id, user_id, device_id, phone, at, type, text) SELECT gen_random_uuid(), 'aminah', m.device_id,"
                    + " m.recipient_phone, now(), 'text', 'ok' FROM broadcast_messages m WHERE m.recipient_phone IN ($1, $2)";

    /** Of Ani alone. */
    private static final String REPLY =
            "INSERT INTO replies (id, user_id, device_id, phone, at, type, text) SELECT gen_random_uuid(), 'aminah', '"
                    + Cast.MERAH + "', p, now(), 'text', 'ok' FROM unnest(ARRAY[$1::text, $2]) p WHERE p = $1";

    private static final int MANY = 1_000;
    private static final int REPEATED = 50;

    @Inject
    Stage stage;

    @Inject
    Events events;

    @Inject
    Database database;

    private BroadcastMessage first;

    @BeforeEach
    void aniAndBudiGotAMessage() {
        stage.reset();
        first = Cast.campaign(Cast.MERAH, Cast.ANI, 1, Cast.aMinuteAgo().minus(3, ChronoUnit.HOURS));
        BroadcastMessage late = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(first, late);
        stage.release();
        events.settle(events.accepted(first, 1), events.accepted(late, 1));
        stage.rows("INSERT INTO suppressions (user_id, phone, version, deleted) VALUES ('aminah', $1, 1, true)", BUDI);
    }

    @Test
    void replies_and_opt_outs_of_the_same_people_wait_for_each_other_rather_than_deadlock() throws Exception {
        try (var intakes = Executors.newVirtualThreadPerTaskExecutor()) {
            // When
            List<Future<?>> both = database.inTransaction(other -> {
                other.run(
                        "INSERT INTO answers SELECT id, 'opted_out', now() FROM broadcast_messages"
                                + " WHERE recipient_phone = $1",
                        ANI);
                // Has counted Budi's, and stands before Ani's.
                Future<?> optOuts = begin(intakes, OPT_OUTS, 1);
                Future<?> replies = begin(intakes, REPLIES, 2);
                other.run("DELETE FROM answers WHERE what = 'opted_out'");
                return List.of(optOuts, replies);
            });

            // Then
            for (Future<?> intake : both) {
                intake.get(30, TimeUnit.SECONDS);
            }
        }
        for (String counts : List.of("answer_counts", "answer_hours", "answer_months")) {
            Row sums = stage.rows(
                            "SELECT sum(replied)::int AS replied, sum(opted_out)::int AS opted_out FROM " + counts)
                    .getFirst();
            assertThat(sums.getInteger("replied")).as(counts).isEqualTo(2);
            assertThat(sums.getInteger("opted_out")).as(counts).isEqualTo(2);
        }
    }

    @Test
    void nobody_waits_for_the_search_of_anothers_answers() throws Exception {
        try (var intakes = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> replies = database.inTransaction(other -> {
                // Given
                other.run("LOCK TABLE broadcast_messages IN ACCESS EXCLUSIVE MODE");

                // When
                Future<?> searching = begin(intakes, REPLY, 1);

                // Then
                assertThat(other.run(
                                        "SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
                                                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                                                + " AND (classid::bigint << 32 | objid::bigint) = hashtext('siaran-dispatch-answers')")
                                .rowCount())
                        .isZero();
                return searching;
            });
            replies.get(30, TimeUnit.SECONDS);
        }
        assertThat(stage.rows("SELECT FROM answers")).hasSize(1);
    }

    @Test
    void who_was_not_written_to_waits_for_no_counter() {
        database.doInTransaction(counting -> {
            counting.run("SELECT pg_advisory_xact_lock(hashtext('siaran-dispatch-answers')::bigint)");
            CompletableFuture<?> stranger = CompletableFuture.runAsync(
                    () -> database.run(REPLY, "60111111111", BUDI), Thread::startVirtualThread);

            assertThat(stranger).succeedsWithin(10, TimeUnit.SECONDS);
        });
    }

    @Test
    void replies_that_come_together_answer_each_what_was_sent_before_it() {
        // Given
        BroadcastMessage second = Cast.campaign(Cast.MERAH, Cast.ANI, 2);
        BroadcastMessage elsewhere = Cast.campaign(Cast.BIRU, Cast.ANI, 3);
        stage.store(second, elsewhere);
        stage.release();
        events.settle(events.accepted(second, 1), events.accepted(elsewhere, 1));
        stage.rows(
                "UPDATE broadcast_messages SET sent_at = now() - CASE id WHEN $1 THEN interval '1 hour'"
                        + " WHEN $2 THEN interval '30 minutes' ELSE interval '2 hours' END WHERE recipient_phone = $3",
                second.id().value(),
                elsewhere.id().value(),
                ANI);

        // When
        stage.rows(
                "INSERT INTO replies (id, user_id, device_id, phone, at, type, text)"
                        + " SELECT gen_random_uuid(), 'aminah', device, $1, now() - before * interval '1 minute', 'text', 'ok'"
                        + " FROM (VALUES ($2::uuid, 121), ($2, 90), ($2, 89), ($2, 50), ($3, 29), ($3, 40)) AS r (device, before)",
                ANI,
                Cast.MERAH.value(),
                Cast.BIRU.value());

        // Then
        assertThat(stage.rows("SELECT message_id FROM answers WHERE what = 'replied'"))
                .extracting(row -> row.getUUID(0))
                .containsExactlyInAnyOrder(
                        first.id().value(), second.id().value(), elsewhere.id().value());
        assertThat(stage.rows("SELECT sum(replied)::int FROM answer_hours")
                        .getFirst()
                        .getInteger(0))
                .isEqualTo(3);
    }

    @Test
    void however_much_waits_for_a_phone_its_replies_read_the_newest_only() {
        // Given
        stage.store(IntStream.range(0, MANY)
                .mapToObj(i -> Cast.campaign(Cast.MERAH, Cast.ANI, 2 + i))
                .toArray(BroadcastMessage[]::new));

        // When
        long read = database.inTransaction(tx -> {
            tx.run(
                    "INSERT INTO replies (id, user_id, device_id, phone, at, type, text) SELECT gen_random_uuid(), 'aminah',"
                            + " m.device_id, m.recipient_phone, now() - i * interval '1 second', 'text', 'ok'"
                            + " FROM broadcast_messages m, generate_series(1, $2::integer) i"
                            + " WHERE m.recipient_phone = $1 AND m.sent_at IS NOT NULL",
                    ANI,
                    REPEATED);
            return tx.run("SELECT sum(idx_tup_fetch + seq_tup_read)::bigint AS read FROM pg_stat_xact_user_tables"
                            + " WHERE relname LIKE 'broadcast_messages%'")
                    .iterator()
                    .next()
                    .getLong("read");
        });

        // Then
        assertThat(read)
                .as("once by the test itself, and some times for all fifty replies, as the planner likes")
                .isLessThan(5 * MANY);
    }

    /** Returns when so many stand waiting. */
    private Future<?> begin(ExecutorService intakes, String statement, int waiting) {
        Future<?> begun = intakes.submit(() -> database.run(statement, ANI, BUDI));
        await().until(() -> stage.rows("SELECT FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .size()
                == waiting);
        return begun;
    }
}
