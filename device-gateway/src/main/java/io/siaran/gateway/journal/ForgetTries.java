package io.siaran.gateway.journal;

import io.quarkus.scheduler.Scheduled;
import io.siaran.model.Recall;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Deletes tries that nobody can ask for any more, so that the journal does not grow for ever. */
@ApplicationScoped
class ForgetTries {

    private static final String FORGET = Sql.load(ForgetTries.class, "forget-tries.sql");
    private static final int BATCH = 2_000;
    private static final Duration LONGEST_RELEASE = Duration.ofHours(2);

    private final Database database;
    private final Housekeeping housekeeping;
    private final JournalConfig config;

    /** @throws IllegalArgumentException when tries would be forgotten that a record may still ask for, or dispatch believes that they are not */
    ForgetTries(Database database, Housekeeping housekeeping, JournalConfig config) {
        this.database = database;
        this.housekeeping = housekeeping;
        this.config = config;
        check(config);
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        housekeeping.run("forgetting old tries", this::forgetSome);
    }

    static void check(JournalConfig config) {
        Duration asked = config.sendsRetention().compareTo(Recall.REMEMBERED_FOR) > 0
                ? config.sendsRetention()
                : Recall.REMEMBERED_FOR;
        Duration least = asked.plus(LONGEST_RELEASE);
        if (config.keep().compareTo(least) < 0 || config.keepUnknown().compareTo(config.keep()) < 0) {
            throw new IllegalArgumentException(
                    "siaran.gateway.journal.keep must be at least " + least + ", and keep-unknown no shorter");
        }
    }

    private boolean forgetSome() {
        return database.run(
                                FORGET,
                                Math.toIntExact(config.keep().toHours()),
                                Math.toIntExact(config.keepUnknown().toHours()),
                                BATCH)
                        .rowCount()
                == BATCH;
    }
}
