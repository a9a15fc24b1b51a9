package io.siaran.campaign;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.sql.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Forgets what nobody can ask for again. Several replicas may do so at once: a row is deleted once. */
@ApplicationScoped
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    /** Kafka keeps commands for 7 days; a repetition cannot be older. */
    private static final String OLD_COMMANDS =
            "DELETE FROM lead_commands WHERE taken_at < clock_timestamp() - interval '14 days'";

    /** Only an open campaign goes on with its fan-out. */
    private static final String OF_ENDED = " p USING campaigns c"
            + " WHERE c.id = p.campaign_id AND (c.planned_run > p.run OR c.status IN ('completed', 'failed', 'cancelled'))";

    private static final String REACHED = "DELETE FROM fanout_reached" + OF_ENDED;
    private static final String PHONES = "DELETE FROM fanout_phones" + OF_ENDED;

    /** A reply that comes again after that is not told again by any platform. */
    private static final String OLD_REPLIES =
            "DELETE FROM opt_out_replies WHERE taken_at < clock_timestamp() - interval '90 days'";

    /** Uploads that broke off, and what is known of a file after a season. */
    private static final String OLD_IMPORTS = "DELETE FROM imports"
            + " WHERE (status = 'uploading' AND created_at < clock_timestamp() - interval '1 day')"
            + " OR ended_at < clock_timestamp() - interval '90 days'";

    /**
     * What was told of people is not kept for longer than it is asked for; a report of an erasure says nothing of anybody. An
     * erasure that has not ended is not forgotten.
     */
    private static final String OLD_PERSON_REQUESTS =
            "DELETE FROM person_requests WHERE (wish = 'export' AND asked_at < clock_timestamp() - interval '7 days')"
                    + " OR (wish = 'erase' AND ended_at < clock_timestamp() - interval '90 days')";

    private final Database database;
    private final Pool pool;
    private final IdempotencyKeys keys;

    Housekeeping(Database database, Pool pool, IdempotencyKeys keys) {
        this.database = database;
        this.pool = pool;
        this.keys = keys;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        int commands = database.run(OLD_COMMANDS).rowCount();
        int reached = database.run(REACHED).rowCount();
        int phones = database.run(PHONES).rowCount();
        int answers = keys.purge(pool).await().indefinitely();
        int imports = database.run(OLD_IMPORTS).rowCount();
        int exports = database.run(OLD_PERSON_REQUESTS).rowCount();
        int replies = database.run(OLD_REPLIES).rowCount();
        LOG.infof(
                "forgot lead_commands=%d fanout_reached=%d fanout_phones=%d opt_out_replies=%d imports=%d person_requests=%d"
                        + " idempotency_keys=%d",
                commands, reached, phones, replies, imports, exports, answers);
    }
}
