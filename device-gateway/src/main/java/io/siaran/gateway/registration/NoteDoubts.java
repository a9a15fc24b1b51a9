package io.siaran.gateway.registration;

import io.quarkus.scheduler.Scheduled;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Notes which devices work and yet look bad, so that an order by trouble goes by an index. A turn, which finds that out, must not
 * lock its device for it. Every instance does this; the rows of the devices see to it that each change is made once.
 */
@ApplicationScoped
class NoteDoubts {

    private static final Logger LOG = Logger.getLogger(NoteDoubts.class);
    static final String NOTE = Sql.load(NoteDoubts.class, "note-doubts.sql");

    private final Database database;

    NoteDoubts(Database database) {
        this.database = database;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void watch() {
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.warnf("devices in doubt are noted at the next look: %s", failure.toString());
        }
    }

    void look() {
        database.run(NOTE);
    }
}
