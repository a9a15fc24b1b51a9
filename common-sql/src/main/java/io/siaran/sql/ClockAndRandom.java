package io.siaran.sql;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * The clock and the random numbers of a service, which tests replace. What several instances must agree on compares with
 * the clock of the database instead.
 */
class ClockAndRandom {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Safe for several threads; its numbers cannot be foretold. */
    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }
}
