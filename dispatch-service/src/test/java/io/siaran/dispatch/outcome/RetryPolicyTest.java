package io.siaran.dispatch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RetryPolicyTest {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private final RetryPolicy policy = new RetryPolicy(3, FIRST, 4, LONGEST, 0.2);

    @Property
    void there_is_another_try_until_the_third_attempt_failed(@ForAll @IntRange(min = 1, max = 10) int attempt) {
        assertThat(policy.afterFailure(attempt, new Random(attempt)).isPresent())
                .isEqualTo(attempt < 3);
    }

    @Property
    void a_wait_is_within_the_jitter_of_its_place(
            @ForAll @IntRange(min = 1, max = 1_000) int returns, @ForAll long seed) {
        double planned = Math.min(FIRST.toMillis() * Math.pow(4, returns - 1), LONGEST.toMillis());

        Duration wait = policy.afterReturn(returns, new Random(seed));

        assertThat((double) wait.toMillis()).isBetween(planned * 0.8 - 1, planned * 1.2 + 1);
    }
}
