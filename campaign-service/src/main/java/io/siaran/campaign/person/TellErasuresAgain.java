package io.siaran.campaign.person;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.SuppressPeople;
import io.siaran.kafka.Outbox;
import io.siaran.model.PersonRequest.Wish;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Tells services of an erasure once more when one of them does not answer: it may have read the request in a version that did
 * not know the wish. Who has it noted already does not erase twice.
 */
@ApplicationScoped
class TellErasuresAgain {

    private static final Logger LOG = Logger.getLogger(TellErasuresAgain.class);
    private static final String TELL_AGAIN = Sql.load(TellErasuresAgain.class, "tell-again.sql");

    /** Ten days in all, as the time between two grows to a day. */
    private static final int MOST = 16;

    private final Database database;
    private final Outbox outbox;
    private final SuppressPeople suppressions;

    TellErasuresAgain(Database database, Outbox outbox, SuppressPeople suppressions) {
        this.database = database;
        this.outbox = outbox;
        this.suppressions = suppressions;
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tellAgain() {
        database.doInTransaction(tx -> tx.run(TELL_AGAIN, MOST).forEach(row -> tellAgain(tx, row)));
        outbox.wake();
    }

    private void tellAgain(Tx tx, Row row) {
        boolean forgets = row.getValue("forgets_at") != null;
        if (!forgets) {
            // No service erases who is not suppressed, and the person may have said START in the moment of the request.
            suppressions.suppress(
                    tx,
                    new UserId(row.getString("user_id")),
                    new PhoneNumber(row.getString("phone")),
                    ErasePeople.REASON);
        }
        outbox.append(tx, List.of(ErasePeople.telling(row, forgets ? Wish.FORGET : Wish.ERASE)));
        int repeats = row.getInteger("repeats");
        LOG.warnf(
                "an erasure is not answered by every service, and is told again%s erasure=%s wish=%s repeat=%d",
                repeats == MOST ? " for the last time" : "", row.getUUID("id"), forgets ? "forget" : "erase", repeats);
    }
}
