package io.siaran.sequence.progress;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.kafka.Outbox;
import io.siaran.model.Wire;
import io.siaran.sequence.authoring.AfterTrouble;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Takes on the walks that waited long enough for the truth about a step; when it comes later it changes counts only. */
@ApplicationScoped
class EndPatience {

    private static final String SETTLE = Sql.load(EndPatience.class, "settle-unknown.sql");

    private final Database database;
    private final Outbox outbox;
    private final MoveOn moveOn;
    private final UnknownConfig config;

    EndPatience(Database database, Outbox outbox, MoveOn moveOn, UnknownConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.moveOn = moveOn;
        this.config = config;
    }

    @Scheduled(every = "{siaran.sequence.unknown-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        int settled;
        do {
            settled = database.inTransaction(this::settleBatch);
            outbox.wake();
        } while (settled == config.batchSize());
    }

    private int settleBatch(Tx tx) {
        List<Moved> walks = new ArrayList<>();
        for (Row row : tx.run(SETTLE, config.patience().toSeconds(), config.batchSize())) {
            AfterTrouble onUnknown = Wire.read(AfterTrouble.class, row.getString("on_unknown"));
            Consequence consequence =
                    Consequence.ofUnknown(row.getOffsetDateTime("unknown_since").toInstant(), onUnknown);
            walks.add(new Moved(row.getUUID("enrolment_id"), consequence, row.getString("next_trigger")));
        }
        moveOn.all(tx, walks);
        return walks.size();
    }
}
