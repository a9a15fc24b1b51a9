package io.siaran.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OldestAgeTest {

    private final OldestAge age = new OldestAge();

    @Test
    void it_grows_by_the_clock_from_what_a_look_found_until_one_finds_nothing() {
        assertThat(age.seconds()).isZero();

        age.is(Duration.ofMinutes(2));
        double found = age.seconds();
        assertThat(found).isBetween(120.0, 180.0);
        awaitMoreThan(found);

        age.isNone();
        assertThat(age.seconds()).isZero();
    }

    @Test
    void while_nobody_can_look_it_grows_on_or_from_the_last_look_that_found_nothing() {
        age.isUnknown();
        awaitMoreThan(0);

        age.isNone();
        assertThat(age.seconds()).isZero();
        age.isUnknown();
        awaitMoreThan(0);
        double growing = age.seconds();
        age.isUnknown();
        assertThat(age.seconds()).isGreaterThanOrEqualTo(growing);

        age.is(Duration.ofMinutes(2));
        age.isUnknown();
        assertThat(age.seconds()).isGreaterThanOrEqualTo(120);
    }

    private void awaitMoreThan(double before) {
        while (age.seconds() <= before) {
            Thread.onSpinWait();
        }
    }
}
