package io.siaran.dispatch.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private static final RetryPlan PLAN =
            new RetryPlan(Duration.ofSeconds(5), 4, Duration.ofHours(12), 0.2, Duration.ofDays(3));

    @Test
    void pauses_grow_to_half_a_day_and_differ_by_chance() {
        Random random = new Random(1);

        assertThat(IntStream.range(0, 1_000).mapToObj(_ -> PLAN.pause(1, random)))
                .allMatch(pause -> pause.toMillis() >= 4_000 && pause.toMillis() <= 6_000)
                .anyMatch(pause -> pause.toMillis() < 4_500)
                .anyMatch(pause -> pause.toMillis() > 5_500);
        assertThat(PLAN.pause(40, random)).isBetween(Duration.ofMinutes(570), Duration.ofMinutes(870));
    }

    @Test
    void a_delivery_is_tried_about_a_dozen_times_in_three_days_and_then_given_up() {
        Instant since = Instant.EPOCH;
        Instant now = since;
        int attempts = 1;
        for (Instant next = now.plus(PLAN.pause(1, new Random(1)));
                !PLAN.isOver(since, next);
                next = now.plus(PLAN.pause(attempts, new Random(attempts)))) {
            now = next;
            attempts++;
        }

        assertThat(attempts).isBetween(10, 15);
        assertThat(Duration.between(since, now)).isGreaterThan(Duration.ofDays(2));
    }
}
