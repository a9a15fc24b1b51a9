package io.siaran.sequence.enrolment;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** Instances that put leads up for review, and a database that refuses it to some. */
@Singleton
class MarkScene {

    private final Stage stage;
    private final RequestEntries requests;
    private final EnrolmentConfig config;
    private final MeterRegistry metrics;

    MarkScene(Stage stage, RequestEntries requests, EnrolmentConfig config, MeterRegistry metrics) {
        this.stage = stage;
        this.requests = requests;
        this.config = config;
        this.metrics = metrics;
    }

    /** One that knows nothing of what failed elsewhere. */
    MarkLeads instance(InstantSource time) {
        return new MarkLeads(stage.database(), requests, config, metrics, time.withZone(ZoneOffset.UTC));
    }

    /**
     * From now on nobody of them is put up for review. What is counted of it stays although it is rolled back.
     *
     * @param whom a condition of SQL on the row {@code NEW}
     * @param error a condition of PostgreSQL, e.g. {@code data_exception}
     */
    void refuse(String whom, String error) {
        run("CREATE SEQUENCE IF NOT EXISTS refusals");
        run("CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " PERFORM nextval('refusals'); RAISE 'not now' USING ERRCODE = '" + error + "'; END $$");
        run("CREATE TRIGGER refuse BEFORE INSERT ON lead_reviews FOR EACH ROW WHEN (" + whom
                + ") EXECUTE FUNCTION refuse()");
    }

    /** How often anybody was refused since {@link #forget}. */
    long refusals() {
        return stage.database()
                .run("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM refusals")
                .iterator()
                .next()
                .getLong(0);
    }

    void mend() {
        run("DROP TRIGGER IF EXISTS refuse ON lead_reviews");
    }

    /** As if nobody was ever refused. */
    void forget() {
        mend();
        run("DROP SEQUENCE IF EXISTS refusals");
    }

    int underReview(Tenant tenant) {
        return stage.database()
                .run(
                        "SELECT FROM lead_reviews WHERE user_id = $1",
                        tenant.user().value())
                .rowCount();
    }

    private void run(String sql) {
        stage.database().run(sql);
    }
}
