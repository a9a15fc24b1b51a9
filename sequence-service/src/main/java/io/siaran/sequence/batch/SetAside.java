package io.siaran.sequence.batch;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Puts rows that cannot be processed aside: with the reason in the row, a metric and a log line. */
@ApplicationScoped
public class SetAside {

    private static final Logger LOG = Logger.getLogger(SetAside.class);
    private static final String CONTACT = Sql.load(SetAside.class, "set-aside-contact.sql");
    private static final String REVIEW = Sql.load(SetAside.class, "set-aside-review.sql");

    private final Database database;
    private final MeterRegistry metrics;
    private final SetAsideConfig config;

    SetAside(Database database, MeterRegistry metrics, SetAsideConfig config) {
        this.database = database;
        this.metrics = metrics;
        this.config = config;
    }

    /** A contact's step that cannot be fired, settled or planned anew. */
    public void contact(String engine, FaultyRow faulty) {
        setAside(engine, CONTACT, faulty);
    }

    /** A lead that cannot be reviewed. */
    public void review(FaultyRow faulty) {
        setAside("review", REVIEW, faulty);
    }

    private void setAside(String engine, String statement, FaultyRow faulty) {
        LOG.errorf("set aside engine=%s row=%s reason=%s", engine, faulty.row(), faulty.getMessage());
        metrics.counter("siaran.sequence.set.aside", "engine", engine).increment();
        database.run(statement, faulty.row(), (double) config.retryAfter().toSeconds(), faulty.getMessage());
    }
}
