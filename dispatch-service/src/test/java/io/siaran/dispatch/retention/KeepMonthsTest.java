package io.siaran.dispatch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class KeepMonthsTest {

    private static final YearMonth NOW = YearMonth.now(ZoneOffset.UTC);
    private static final YearMonth LATELY = NOW.minusMonths(3);
    private static final YearMonth LONG_AGO = NOW.minusMonths(15);

    @Inject
    KeepMonths months;

    @Inject
    Stage stage;

    @Inject
    Database database;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        forgetTheMonths();
    }

    @AfterEach
    void forgetTheMonths() {
        for (YearMonth month : new YearMonth[] {LATELY, LONG_AGO, NOW.plusMonths(3)}) {
            database.run("DROP TABLE IF EXISTS " + partition(month));
        }
        database.run("TRUNCATE broadcast_messages, message_counts, dropped_months");
        database.run("UPDATE queue_bounds SET open_from = '00000000-0000-0000-0000-000000000000'");
    }

    @Test
    void this_month_and_the_next_two_have_their_partition() {
        // When
        months.keep();

        // Then
        IntStream.rangeClosed(0, 2)
                .forEach(n -> assertThat(exists(NOW.plusMonths(n))).isTrue());
        assertThat(exists(NOW.plusMonths(3))).isFalse();
    }

    @Test
    void a_message_of_an_older_month_moves_to_its_partition_and_nobody_is_told() {
        // Given
        BroadcastMessage late = planned(LATELY, 1);
        stage.store(late);
        assertThat(home(late.id())).isEqualTo("broadcast_messages_default");
        String before = told(late.id());

        // When
        months.keep();

        // Then
        assertThat(home(late.id())).isEqualTo(partition(LATELY));
        assertThat(told(late.id())).isEqualTo(before);
        stage.assertCountsAddUp();
    }

    @Test
    void a_message_that_comes_twice_is_stored_once_on_both_sides_of_its_move() {
        // Given
        BroadcastMessage late = planned(LATELY, 1);
        stage.store(late);
        months.keep();

        // When
        stage.store(late);

        // Then
        assertThat(stage.statuses()).containsExactly(Map.entry("pending", 1L));
    }

    @Test
    void the_release_does_not_look_into_months_that_are_settled_and_does_once_one_opens_again() {
        // Given
        months.keep();
        assertThat(openFrom()).isGreaterThan(firstOf(LATELY));
        BroadcastMessage late = planned(LATELY, 1);

        // When
        stage.store(late);

        // Then
        assertThat(openFrom()).isLessThanOrEqualTo(late.id().toString());
        assertThat(stage.release().messages()).isEqualTo(1);
    }

    @Test
    void a_failed_message_of_a_settled_month_opens_it_when_it_is_to_be_tried_again() {
        // Given
        BroadcastMessage old = planned(LATELY, 1);
        stage.store(old);
        end(old.id(), "failed");
        months.keep();
        assertThat(openFrom()).isGreaterThan(old.id().toString());

        // When
        database.run("UPDATE broadcast_messages SET status = 'pending', failure_reason = NULL");

        // Then
        assertThat(openFrom()).isLessThanOrEqualTo(old.id().toString());
    }

    @Test
    void the_bound_stays_where_the_oldest_open_message_is() {
        // Given
        BroadcastMessage waiting = planned(LATELY, 1);
        stage.store(waiting);

        // When
        months.keep();
        months.keep();

        // Then
        assertThat(openFrom()).isEqualTo(firstOf(LATELY));
        assertThat(stage.release().messages()).isEqualTo(1);
    }

    @Test
    void an_old_month_whose_messages_have_ended_is_dropped_and_its_counts_stay() {
        // Given
        BroadcastMessage old = planned(LONG_AGO, 1);
        stage.store(old);
        end(old.id(), "failed");
        remember(old.id());
        long counted = counted();

        // When
        months.keep();

        // Then
        assertThat(exists(LONG_AGO)).isFalse();
        assertThat(stage.statuses()).isEmpty();
        assertThat(facts()).isZero();
        assertThat(counted()).isEqualTo(counted).isPositive();
    }

    @Test
    void an_old_month_with_an_unknown_message_stays() {
        // Given
        stage.store(planned(LONG_AGO, 1), planned(LONG_AGO, 2));
        end(planned(LONG_AGO, 1).id(), "failed");
        remember(planned(LONG_AGO, 1).id());
        database.run(
                "UPDATE broadcast_messages SET status = 'unknown', try_no = 1 WHERE id = $1",
                planned(LONG_AGO, 2).id().value());

        // When
        months.keep();

        // Then
        assertThat(exists(LONG_AGO)).isTrue();
        assertThat(stage.statuses()).containsEntry("unknown", 1L).containsEntry("failed", 1L);
        assertThat(facts()).isOne();
    }

    private void remember(MessageId id) {
        database.run("INSERT INTO message_facts (message_id, fact, try_no) VALUES ($1, 'retried', 0)", id.value());
    }

    private long facts() {
        return number("SELECT count(*) FROM message_facts");
    }

    /** Each stores into the month while both move it. */
    @Test
    void two_replicas_that_keep_months_while_messages_come_lose_none() throws Exception {
        // Given
        Callable<Void> keep = () -> {
            for (int n = 0; n < 3; n++) {
                months.keep();
            }
            return null;
        };
        Callable<Void> store = () -> {
            for (int n = 0; n < 200; n++) {
                stage.store(planned(LATELY, n));
            }
            return null;
        };

        // When
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : executor.invokeAll(List.of(keep, store, keep, store))) {
                done.get();
            }
        }
        months.keep();

        // Then
        assertThat(stage.rows("SELECT FROM " + partition(LATELY))).hasSize(200);
        stage.assertCountsAddUp();
    }

    private static BroadcastMessage planned(YearMonth month, int lead) {
        Instant time = month.atDay(15).atStartOfDay().toInstant(ZoneOffset.UTC);
        return Cast.withoutExpiry(
                Cast.campaign(Cast.MERAH, new LeadId(new UUID(7 << 12, lead)), 1, time.plus(Duration.ofMillis(1))));
    }

    private void end(MessageId id, String status) {
        database.run(
                "UPDATE broadcast_messages SET status = $2, failure_reason = 'expired' WHERE id = $1",
                id.value(),
                status);
    }

    private String home(MessageId id) {
        return stage.rows("SELECT tableoid::regclass::text AS home FROM broadcast_messages WHERE id = $1", id.value())
                .getFirst()
                .getString("home");
    }

    /** What anybody could have heard of it. */
    private String told(MessageId id) {
        return stage.row(id).getLong("version") + " " + number("SELECT count(*) FROM status_deltas");
    }

    private String openFrom() {
        return stage.rows("SELECT open_from FROM queue_bounds")
                .getFirst()
                .getUUID("open_from")
                .toString();
    }

    private long counted() {
        return number("SELECT coalesce(sum(failed), 0)::bigint FROM status_deltas");
    }

    private long number(String sql) {
        return stage.rows(sql).getFirst().getLong(0);
    }

    private boolean exists(YearMonth month) {
        return stage.rows("SELECT to_regclass($1) IS NOT NULL AS there", partition(month))
                .getFirst()
                .getBoolean("there");
    }

    private static String firstOf(YearMonth month) {
        long millis = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        return new UUID(millis << 16, 0).toString();
    }

    private static String partition(YearMonth month) {
        return "broadcast_messages_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    }
}
