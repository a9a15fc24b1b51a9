package io.siaran.sequence.firing;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.sequence.batch.FaultyRow;
import io.siaran.sequence.batch.SetAside;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes the steps that are due, and marks them fired once Kafka has acknowledged them. Several instances share the
 * work by leases; one that dies between the acknowledgement and the mark leaves a lease that lapses, and the step is
 * published again under the same id. A step that makes no message is set aside, and the others go on.
 */
@ApplicationScoped
class FireDueSteps {

    private static final String LEASE = Sql.load(FireDueSteps.class, "lease-due-steps.sql");
    private static final String REPEAT = Sql.load(FireDueSteps.class, "repeat-fired-steps.sql");
    private static final String MARK = Sql.load(FireDueSteps.class, "mark-fired.sql");

    private final Database database;
    private final Publisher publisher;
    private final FiringTurns turns;
    private final FreeParkedSteps parked;
    private final SetAside setAside;
    private final MeterRegistry metrics;
    private final FiringConfig config;

    FireDueSteps(
            Database database,
            Publisher publisher,
            FiringTurns turns,
            FreeParkedSteps parked,
            SetAside setAside,
            MeterRegistry metrics,
            FiringConfig config) {
        this.database = database;
        this.publisher = publisher;
        this.turns = turns;
        this.parked = parked;
        this.setAside = setAside;
        this.metrics = metrics;
        this.config = config;
    }

    /**
     * Until nothing is due. While the steps of one look are published and marked, those of the next are leased: the database and this
     * process work at the same time, and at most two looks are held in memory. Blocks: not for event loops.
     */
    void run() {
        try (Ahead firing = new Ahead()) {
            boolean more;
            do {
                boolean moreParked = parked.batch();
                Look look = look();
                firing.then(() -> fire(look.leased()));
                more = moreParked || look.isThereMore();
            } while (more);
        }
    }

    /** What was fired long ago and has had no outcome since becomes due again. */
    void repeatWhatIsSilent() {
        parked.forgetWhatBlocksNothing();
        parked.measure();
        int repeated = database.run(REPEAT, (double) config.repeatAfter().toSeconds(), config.batchSize())
                .size();
        if (repeated > 0) {
            metrics.counter("siaran.sequence.repeated").increment(repeated);
        }
    }

    List<DueStep> lease() {
        return look().leased();
    }

    private Look look() {
        FiringTurns.Turns next = turns.next(config.batchSize());
        if (next.turns().isEmpty()) {
            return Look.NOTHING_IS_DUE;
        }
        List<DueStep> due = new ArrayList<>();
        int taken = 0;
        for (Row row : database.run(LEASE, config.lease().toSeconds(), next.users(), next.most())) {
            taken = row.getInteger("taken");
            if (row.getUUID("id") != null) {
                due.add(new DueStep(row));
            }
        }
        return new Look(due, taken, next.crowded());
    }

    private void fire(List<DueStep> due) {
        List<DueStep> fired = new ArrayList<>(due.size());
        List<OutboxRecord> messages = new ArrayList<>(due.size());
        for (DueStep step : due) {
            try {
                messages.addAll(step.announcements());
                fired.add(step);
            } catch (RuntimeException unusable) {
                setAside.contact("fire", new FaultyRow(step.contact().value(), unusable));
            }
        }
        publisher.publish(messages);
        mark(fired);
        metrics.counter("siaran.sequence.fired").increment(fired.size());
    }

    private void mark(List<DueStep> fired) {
        if (!fired.isEmpty()) {
            database.run(MARK, (Object)
                    new Columns<>(fired).uuids(step -> step.contact().value()));
        }
    }

    /**
     * @param taken steps that were leased or parked
     * @param crowded whether more may have been due
     */
    private record Look(List<DueStep> leased, int taken, boolean crowded) {

        static final Look NOTHING_IS_DUE = new Look(List.of(), 0, false);

        /** Where nothing could be taken, what is due stays where it is for a moment. */
        boolean isThereMore() {
            return crowded && taken > 0;
        }
    }
}
