package io.siaran.dispatch.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CheckCountsTest {

    private static final Instant MONDAY = Instant.parse("2026-11-16T03:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-17T03:00:00Z");

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    FoldCounts counts;

    @Inject
    CheckCounts check;

    @Inject
    MeterRegistry metrics;

    private double before;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        stage.store(Cast.campaign(Cast.MERAH, Cast.ANI, 1, MONDAY), Cast.campaign(Cast.MERAH, Cast.BUDI, 1, MONDAY));
        counts.fold();
        stage.store(Cast.step(Cast.BIRU, Cast.ANI, TUESDAY), Cast.campaign(Cast.MERAH, Cast.CITRA, 1, MONDAY));
        before = everMet();
    }

    @Test
    void folded_and_unfolded_together_are_what_the_rows_say() {
        check.check();
        check.check();

        assertThat(mismatches()).isZero();
    }

    @Test
    void a_count_that_is_wrong_is_found_on_its_day_and_again_in_the_next_round() {
        // Given
        database.run("UPDATE message_counts SET sent = sent + 1, pending = pending - 1");

        // When
        check.check();
        double onMonday = mismatches();
        check.check();
        double onTuesday = mismatches();
        check.check();

        // Then
        assertThat(onMonday).isOne();
        assertThat(onTuesday).isOne();
        assertThat(mismatches()).isEqualTo(2);
    }

    @Test
    void a_row_that_nobody_counted_is_found() {
        // Given
        database.run("TRUNCATE status_deltas");

        // When
        check.check();
        check.check();

        // Then
        assertThat(mismatches()).isEqualTo(2);
    }

    @Test
    void a_month_that_was_dropped_is_not_compared_though_an_older_one_stayed() {
        // Given
        Instant stayed = MONDAY.minus(Duration.ofDays(500));
        Instant dropped = MONDAY.minus(Duration.ofDays(460));
        stage.store(Cast.direct(Cast.MERAH, Cast.ANI, stayed), Cast.direct(Cast.MERAH, Cast.ANI, dropped));
        stage.aSecondLater();
        counts.fold();
        database.run(
                "DELETE FROM broadcast_messages WHERE scheduled_at = $1",
                OffsetDateTime.ofInstant(dropped, ZoneOffset.UTC));
        database.run(
                "INSERT INTO dropped_months (month) VALUES (date_trunc('month', $1::timestamptz AT TIME ZONE 'UTC')::date)",
                OffsetDateTime.ofInstant(dropped, ZoneOffset.UTC));

        // When
        for (int days = 0; days < 4; days++) {
            check.check();
        }
        database.run("TRUNCATE dropped_months");

        // Then
        assertThat(mismatches()).isZero();
    }

    @Test
    void what_changes_meanwhile_is_no_mismatch() throws Exception {
        // Given
        Instant end = Instant.now().plusSeconds(2);

        // When
        try (var busy = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> folding = busy.submit(() -> {
                while (Instant.now().isBefore(end)) {
                    stage.store(Cast.direct(Cast.MERAH, Cast.ANI, MONDAY));
                    stage.release();
                    database.run(
                            "UPDATE broadcast_messages SET status = 'pending', lease_until = NULL, recall_at = NULL,"
                                    + " max_pause = NULL, due_at = now() WHERE status = 'processing'");
                    stage.aSecondLater();
                    counts.fold();
                }
            });
            while (Instant.now().isBefore(end)) {
                check.check();
            }
            folding.get();
        }

        // Then
        assertThat(mismatches()).isZero();
    }

    private double mismatches() {
        return everMet() - before;
    }

    private double everMet() {
        return metrics.counter("siaran.counts.mismatch").count();
    }
}
