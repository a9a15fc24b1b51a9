package io.siaran.sequence.progress;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.kafka.Writes;
import io.siaran.model.WireEnum;
import io.siaran.sequence.authoring.FailurePolicy;
import io.siaran.sequence.batch.Batches;
import io.siaran.sequence.batch.FaultyRow;
import io.siaran.sequence.batch.SetAside;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Moves enrolments on whose step has been unknown for too long, by {@code on_unknown}. An outcome that comes later
 * changes counts only. Users take turns, and a step that fails is set aside: nobody waits for somebody else's.
 */
@ApplicationScoped
class SettleUnknownSteps {

    static final String SETTLE = Sql.load(SettleUnknownSteps.class, "settle-unknown-steps.sql");

    private final Writes writes;
    private final AdvanceEnrolments advance;
    private final SetAside setAside;
    private final UnknownConfig config;

    SettleUnknownSteps(Writes writes, AdvanceEnrolments advance, SetAside setAside, UnknownConfig config) {
        this.writes = writes;
        this.advance = advance;
        this.setAside = setAside;
        this.config = config;
    }

    @Scheduled(every = "{siaran.sequence.unknown-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        Batches.run(
                config.batchSize(),
                size -> writes.inTransaction(tx -> settle(tx, size)),
                faulty -> setAside.contact("unknown", faulty));
    }

    private int settle(Tx tx, int size) {
        List<UUID> contacts = new ArrayList<>();
        List<StepOutcome> outcomes = new ArrayList<>();
        for (Row row : tx.run(SETTLE, config.timeout().toSeconds(), size)) {
            contacts.add(row.getUUID("id"));
            outcomes.add(outcome(row));
        }
        try {
            advance.all(tx, outcomes);
        } catch (RuntimeException failure) {
            throw contacts.size() == 1 ? FaultyRow.of(contacts.getFirst(), failure) : failure;
        }
        return contacts.size();
    }

    private static StepOutcome outcome(Row row) {
        FailurePolicy onUnknown = WireEnum.read(FailurePolicy.class, row.getString("on_unknown"));
        Transition transition =
                Transition.ofUnknown(row.getOffsetDateTime("unknown_since").toInstant(), onUnknown);
        return new StepOutcome(row.getUUID("enrolment_id"), transition, row.getString("next_trigger"));
    }
}
