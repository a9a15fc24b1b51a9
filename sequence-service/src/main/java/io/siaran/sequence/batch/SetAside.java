package io.siaran.sequence.batch;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Puts rows that cannot be processed aside: with the reason in the row, a metric and a log line. */
@ApplicationScoped
public class SetAside {

    private static final Logger LOG = Logger.getLogger(SetAside.class);
    private static final String CONTACT = Sql.load(SetAside.class, "set-aside-contact.sql");
    private static final String PLAN = Sql.load(SetAside.class, "set-aside-plan.sql");
    private static final String REVIEW = Sql.load(SetAside.class, "set-aside-review.sql");

    /** For what failed once and nobody knows why: it may have been the moment. */
    private static final Duration SOON = Duration.ofMinutes(5);

    private final Database database;
    private final MeterRegistry metrics;
    private final SetAsideConfig config;

    SetAside(Database database, MeterRegistry metrics, SetAsideConfig config) {
        this.database = database;
        this.metrics = metrics;
        this.config = config;
    }

    /** A contact's step that cannot be fired, settled or sent from another device. */
    public void contact(String engine, FaultyRow faulty) {
        setAside(engine, CONTACT, faulty);
    }

    /** A contact's step that cannot be planned anew by this plan of its sequence; a newer one has it tried at once. */
    public void plan(FaultyRow faulty, long planVersion) {
        Duration pause = noted("edit", faulty);
        database.run(PLAN, faulty.row(), (double) pause.toSeconds(), faulty.getMessage(), planVersion);
    }

    /** A lead that cannot be reviewed. */
    public void review(FaultyRow faulty) {
        setAside("review", REVIEW, faulty);
    }

    private void setAside(String engine, String statement, FaultyRow faulty) {
        Duration pause = noted(engine, faulty);
        database.run(statement, faulty.row(), (double) pause.toSeconds(), faulty.getMessage());
    }

    /** Answers how long it is left alone. */
    private Duration noted(String engine, FaultyRow faulty) {
        LOG.errorf("set aside engine=%s row=%s reason=%s", engine, faulty.row(), faulty.getMessage());
        metrics.counter("siaran.sequence.set.aside", "engine", engine).increment();
        return faulty.failsAgain() ? config.retryAfter() : SOON;
    }
}
