package io.siaran.campaign.progress;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.EachAlone;
import io.siaran.campaign.ErasedPeople;
import io.siaran.campaign.ReplyListener;
import io.siaran.model.InboundMessage;
import io.siaran.model.UserId;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Who replied to which campaign: a person counts once a run, for the latest one only. A reply may be here before the news that its
 * run wrote to the person; where that may be so it waits for it, some minutes at most.
 */
@ApplicationScoped
class CountReplies implements ReplyListener {

    private static final Logger LOG = Logger.getLogger(CountReplies.class);
    private static final String PLACE = Sql.load(CountReplies.class, "place-replies.sql");
    private static final String COUNT = Sql.load(CountReplies.class, "count-replies.sql");
    private static final String KEEP = Sql.load(CountReplies.class, "keep-early-replies.sql");
    private static final String TAKE = Sql.load(CountReplies.class, "take-early-replies.sql");
    private static final String PUT_OFF = Sql.load(CountReplies.class, "put-off-reply.sql");
    private static final String DUE = "SELECT DISTINCT user_id FROM (SELECT user_id FROM early_replies"
            + " WHERE look_at <= clock_timestamp() ORDER BY look_at LIMIT $1) AS due";

    /** Replies that are looked at again by one transaction: of each, at the end, as many runs may be read as its user had in 7 days. */
    private static final int AT_ONCE = 200;

    private final Database database;
    private final ErasedPeople erased;
    private final ProgressConfig config;
    private final MeterRegistry metrics;

    CountReplies(Database database, ErasedPeople erased, ProgressConfig config, MeterRegistry metrics) {
        this.database = database;
        this.erased = erased;
        this.config = config;
        this.metrics = metrics;
    }

    @Override
    public void heard(List<InboundMessage> messages) {
        database.doInTransaction(tx -> {
            erased.keepErasuresOut(tx, messages.stream().map(InboundMessage::userId));
            place(tx, messages.stream().map(Reply::heard).toList());
        });
    }

    @Scheduled(every = "${siaran.progress.early-replies-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void lookAgain() {
        int most = AT_ONCE;
        while (most > 0) {
            most = lookAtSome(most);
        }
    }

    /**
     * Where it fails nothing of it happened: half as many are taken then, until the one that fails is alone, and is put off. A failure
     * before any is taken is about none of them, and goes on to the caller.
     *
     * @return how many to take next; 0 when no more are due
     */
    private int lookAtSome(int most) {
        List<Reply> due = new ArrayList<>();
        try {
            take(most, due);
        } catch (RuntimeException failure) {
            if (due.isEmpty()) {
                throw failure;
            }
            if (due.size() > 1) {
                return due.size() / 2;
            }
            putOff(due.getFirst(), failure);
            return AT_ONCE;
        }
        return due.size() == most ? most : 0;
    }

    /** @param due gets what is taken, also where it fails then */
    private void take(int most, List<Reply> due) {
        List<String> users = rows(database.run(DUE, most))
                .map(row -> row.getString("user_id"))
                .toList();
        if (users.isEmpty()) {
            return;
        }
        database.doInTransaction(tx -> {
            erased.keepErasuresOut(tx, users.stream().map(UserId::new));
            rows(tx.run(TAKE, users.toArray(String[]::new), most))
                    .map(Reply::of)
                    .forEach(due::add);
            place(tx, due);
        });
    }

    private void putOff(Reply reply, RuntimeException failure) {
        LOG.errorf(
                "put off batch=replies user=%s device=%s at=%s: %s",
                reply.user(), reply.device(), reply.at(), EachAlone.reason(failure));
        database.run(
                PUT_OFF,
                reply.user(),
                reply.device(),
                reply.phone(),
                reply.at().atOffset(ZoneOffset.UTC),
                seconds(config.earlyRepliesInterval()));
        metrics.counter("siaran.batch.failures", "batch", "replies").increment();
    }

    private void place(Tx tx, List<Reply> replies) {
        if (replies.isEmpty()) {
            return;
        }
        Columns<Reply> asked = new Columns<>(replies);
        List<Placed> placed = rows(tx.run(
                        PLACE,
                        asked.texts(Reply::user),
                        asked.uuids(Reply::device),
                        asked.texts(Reply::phone),
                        asked.times(Reply::at),
                        asked.times(Reply::heardAt),
                        asked.uuids(Reply::campaign),
                        asked.integers(Reply::run),
                        seconds(config.earlyRepliesWait())))
                .map(row -> new Placed(Reply.of(row), row.getBoolean("settled")))
                .toList();
        keep(tx, of(placed, each -> !each.settled()));
        count(tx, of(placed, each -> each.settled() && each.reply().campaign() != null));
    }

    private void keep(Tx tx, Columns<Reply> early) {
        if (early.rows().isEmpty()) {
            return;
        }
        tx.run(
                KEEP,
                early.texts(Reply::user),
                early.uuids(Reply::device),
                early.texts(Reply::phone),
                early.times(Reply::at),
                early.times(Reply::heardAt),
                early.uuids(Reply::campaign),
                early.integers(Reply::run),
                seconds(config.earlyRepliesInterval()),
                seconds(config.earlyRepliesWait()));
    }

    private static void count(Tx tx, Columns<Reply> settled) {
        if (settled.rows().isEmpty()) {
            return;
        }
        tx.run(
                COUNT,
                settled.uuids(Reply::campaign),
                settled.integers(Reply::run),
                settled.texts(Reply::phone),
                settled.uuids(Reply::device),
                settled.times(Reply::at));
    }

    private static Columns<Reply> of(List<Placed> placed, Predicate<Placed> which) {
        return new Columns<>(placed.stream().filter(which).map(Placed::reply).toList());
    }

    private static int seconds(Duration time) {
        return Math.toIntExact(time.toSeconds());
    }

    private static Stream<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private record Placed(Reply reply, boolean settled) {}

    /**
     * @param heardAt since when it waits, null: it is looked at for the first time
     * @param campaign of the run that counts, as far as is known, or null
     */
    private record Reply(
            String user, UUID device, String phone, Instant at, Instant heardAt, UUID campaign, Integer run) {

        static Reply heard(InboundMessage message) {
            return new Reply(
                    message.userId().value(),
                    message.deviceId().value(),
                    message.phone().digits(),
                    message.at(),
                    null,
                    null,
                    null);
        }

        static Reply of(Row row) {
            return new Reply(
                    row.getString("user_id"),
                    row.getUUID("device_id"),
                    row.getString("phone"),
                    time(row, "at"),
                    time(row, "heard_at"),
                    row.getUUID("campaign_id"),
                    row.getInteger("run"));
        }

        private static Instant time(Row row, String column) {
            OffsetDateTime time = row.getOffsetDateTime(column);
            return time == null ? null : time.toInstant();
        }
    }
}
