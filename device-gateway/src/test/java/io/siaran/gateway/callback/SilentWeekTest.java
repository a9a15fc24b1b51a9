package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rule of the simulated week is the rule of the statement. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SilentWeekTest {

    private static final String WATCH = Sql.load(WatchReceipts.class, "watch-receipts.sql");
    private static final String STORE = """
            WITH habits AS (
              INSERT INTO receipt_habits (device_id, receipts, usual_ms, last_at, answered, newer, newer_at, older, silent_since)
              VALUES ($1, $2, $3, clock_timestamp() - $4::bigint * interval '1 ms', $5, $6,
                clock_timestamp() - $7::bigint * interval '1 ms', $8, $9::timestamptz))
            INSERT INTO device_pacing (device_id, busy_until, accepted) VALUES ($1, clock_timestamp(), $10)""";
    private static final long MINUTE = 60_000;

    @Inject
    Database database;

    /** A device at some moment, as the model has it and as it is stored: {@code now} is 0. */
    private record Known(UUID device, ReceiptHabit habit, long accepted) {}

    @Test
    void the_statement_judges_as_the_model_does() {
        // Given
        SplittableRandom random = new SplittableRandom(16);
        List<Known> fleet = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            fleet.add(anyDevice(random));
        }
        Set<UUID> found = new HashSet<>();
        List<Row> rows = new ArrayList<>();

        // When
        database.doInTransaction(tx -> {
            fleet.forEach(known -> tx.run(STORE, columns(known)));
            tx.run(WATCH, 5 * MINUTE, 20, 20).forEach(row -> found.add(row.getUUID("device_id")));
            fleet.forEach(known -> tx.run(
                            "DELETE FROM receipt_habits WHERE device_id = $1 RETURNING newer, older, silent_since",
                            known.device())
                    .forEach(rows::add));
            fleet.forEach(known -> tx.run("DELETE FROM device_pacing WHERE device_id = $1", known.device()));
        });

        // Then
        int stopped = 0;
        int moved = 0;
        for (int i = 0; i < fleet.size(); i++) {
            Known known = fleet.get(i);
            long before = known.habit().older;
            boolean stops = known.habit().look(0, known.accepted(), 5 * MINUTE, 20);
            stopped += stops ? 1 : 0;
            moved += before == known.habit().older ? 0 : 1;
            Row row = rows.get(i);
            assertThat(found.contains(known.device())).as("found").isEqualTo(stops);
            assertThat(row.getLong("newer")).isEqualTo(known.habit().newer);
            assertThat(row.getLong("older")).isEqualTo(known.habit().older);
            assertThat(row.getOffsetDateTime("silent_since") != null).isEqualTo(known.habit().silentSince != null);
        }
        assertThat(stopped).as("enough of each kind").isBetween(20, 500);
        assertThat(moved).isBetween(20, 580);
    }

    /** Whatever it is, nothing of it is within seconds of a limit of time: the statement reads its clock a moment later. */
    private static Known anyDevice(SplittableRandom random) {
        ReceiptHabit habit = new ReceiptHabit(0, random.nextLong(1_000), minutes(random, 1, 20) + MINUTE / 2);
        habit.receipts = random.nextInt(10, 40);
        habit.lastAt = -minutes(random, 0, 40);
        habit.older = habit.answered + random.nextLong(30);
        habit.newer = habit.older + random.nextLong(30);
        habit.newerAt = -minutes(random, 0, 40);
        habit.silentSince = random.nextInt(5) == 0 ? -MINUTE : null;
        return new Known(UUID.randomUUID(), habit, habit.newer + random.nextLong(10));
    }

    private static long minutes(SplittableRandom random, int from, int until) {
        return random.nextLong(from, until) * MINUTE + 7_000;
    }

    private static Object[] columns(Known known) {
        ReceiptHabit habit = known.habit();
        return new Object[] {
            known.device(),
            habit.receipts,
            habit.usual,
            -habit.lastAt,
            habit.answered,
            habit.newer,
            -habit.newerAt,
            habit.older,
            habit.silentSince == null ? null : OffsetDateTime.now(ZoneOffset.UTC),
            known.accepted()
        };
    }
}
