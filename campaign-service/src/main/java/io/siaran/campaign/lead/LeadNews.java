package io.siaran.campaign.lead;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.model.LeadId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Publishes the snapshots of leads that came in by the thousand or million, on a way of its own: the outbox, in which
 * cancels, plans and suppressions wait for each other, never has one of them. What is published twice has the same version.
 */
@ApplicationScoped
class LeadNews {

    private static final Logger LOG = Logger.getLogger(LeadNews.class);
    private static final String ADD = Sql.load(LeadNews.class, "add-news.sql");
    private static final String CLAIM = Sql.load(LeadNews.class, "claim-news.sql");
    private static final String SETTLE = Sql.load(LeadNews.class, "settle-news.sql");
    private static final int BATCH = 2_000;

    private final Database database;
    private final Publisher publisher;
    private final Semaphore place = new Semaphore(1);

    LeadNews(Database database, Publisher publisher) {
        this.database = database;
        this.publisher = publisher;
    }

    /** In the transaction that writes the leads. */
    void add(Tx tx, List<Lead> leads) {
        Columns<Lead> rows = new Columns<>(leads);
        if (!leads.isEmpty()) {
            tx.run(
                    ADD,
                    rows.texts(lead -> lead.userId().value()),
                    rows.uuids(lead -> lead.id().value()),
                    rows.longs(Lead::version));
        }
    }

    /** Returns at once; what was committed is published by a virtual thread of its own, unless one is at it already. */
    void nudge() {
        if (place.tryAcquire()) {
            Thread.ofVirtual().name("lead-news").start(this::publishAndLeave);
        }
    }

    private void publishAndLeave() {
        try {
            publish();
        } catch (RuntimeException away) {
            // The database or Kafka is away: the next look begins with the same leads.
            LOG.warnf("news of leads are put off: %s", away.toString());
        } finally {
            place.release();
        }
    }

    /** Until nothing is left that nobody else publishes. Replicas share the work. */
    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void publish() {
        while (publishNext()) {
            // The next batch.
        }
    }

    private boolean publishNext() {
        List<LeadStore.Key> keys = new ArrayList<>();
        for (Row row : database.run(CLAIM, BATCH)) {
            keys.add(new LeadStore.Key(new UserId(row.getString("user_id")), new LeadId(row.getUUID("lead_id"))));
        }
        if (keys.isEmpty()) {
            return false;
        }
        List<Lead> leads = LeadRows.leads(database.run(LeadRows.READ + LeadStore.OF_KEYS, LeadStore.keys(keys)));
        publisher.publish(leads.stream()
                .map(lead -> new OutboxRecord(Topic.LEADS, lead.id().toString(), lead.snapshot()))
                .toList());
        database.doInTransaction(tx -> settle(tx, leads));
        return true;
    }

    /** These were published as they are here. */
    void settle(Tx tx, List<Lead> published) {
        Columns<Lead> rows = new Columns<>(published);
        tx.run(
                SETTLE,
                rows.texts(lead -> lead.userId().value()),
                rows.uuids(lead -> lead.id().value()),
                rows.longs(Lead::version));
    }
}
