package io.siaran.gateway;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The clock of this process; what instances must agree on is compared with the database's instead. */
class SystemClock {

    @Produces
    @Singleton
    Clock utc() {
        return Clock.systemUTC();
    }
}
